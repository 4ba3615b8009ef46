public import Engine
public import Media

/// The face in a picture of a face set: the central 62.5 %, at 64×64 unless a model asks for more.
public enum Crop {
  /// The side of the pictures in a face set, in pixels.
  public static let pictureSide = 256
  /// The usual side of the models' input, in pixels.
  public static let side = 64
  /// The sides that swap models can have.
  public static let sides = [64, 96, 128, 192]
  /// The share of a picture's side that the face covers: 160 of 256 pixels.
  public static let coverage = 0.625

  /// Maps points of a 256×256 picture to pixels of its face of `side`×`side` pixels.
  public static func points(
    _ points: [SIMD2<Float>], side: Int = side
  ) -> [SIMD2<Float>] {
    let share = Float(Double(pictureSide) * coverage)
    let margin = (Float(pictureSide) - share) / 2
    return points.map { ($0 - margin) * (Float(side) / share) }
  }

  /// The faces in 256×256 pictures, `[N, side, side, 3]` in 0…1.
  ///
  /// Area-averaged and rounded to 8 bits, at 64×64 bit-identical to
  /// `cv2.resize(im[48:208, 48:208], (64, 64), interpolation=cv2.INTER_AREA)`. Of the 160×160 pixels
  /// of the face, sides above 160 repeat some.
  ///
  /// - Parameter side: one of `sides`.
  public static func faces(of images: [Image], side: Int = side) -> Tensor {
    let taps = (0..<side).map { Taps(of: $0, side: side) }
    return Tensor.stacked(images.count, part: [side, side, 3]) { index, face in
      shrink(images[index], to: side, taps, into: &face)
    }
  }

  /// The face in one 256×256 picture, `[1, side, side, 3]` in 0…1.
  public static func face(_ image: Image, side: Int = side) -> Tensor {
    faces(of: [image], side: side)
  }

  /// The pixels of a picture's row or column under one output pixel.
  ///
  /// Lengths are counted in units of which an output pixel has 5, so that all weights are integers.
  private struct Taps {
    /// The first pixel.
    let first: Int
    /// The units of it and of the next pixels, `count` in all; they sum to 5.
    var weights = SIMD4<UInt64>.zero
    let count: Int

    init(of output: Int, side: Int) {
      precondition(side % 32 == 0, "\(side) pixels")
      let units = side / 32
      let (start, end) = (output * 5, output * 5 + 5)
      let pixels = start / units...(end - 1) / units
      first = (pictureSide - 160) / 2 + pixels.lowerBound
      count = pixels.count
      for (index, pixel) in pixels.enumerated() {
        weights[index] = UInt64(min(end, (pixel + 1) * units) - max(start, pixel * units))
      }
    }
  }

  /// Averages the pixels under each output pixel.
  private static func shrink(
    _ image: Image, to side: Int, _ taps: [Taps], into face: inout MutableSpan<Float>
  ) {
    precondition(
      image.width == pictureSide && image.height == pictureSide,
      "a \(image.width)×\(image.height) picture is not \(pictureSide)×\(pictureSide)")
    let values = image.pixels
    let pixels = values.span
    for row in 0..<side {
      let down = taps[row]
      for column in 0..<side {
        let across = taps[column]
        var sum = PackedPixel.zero
        for y in 0..<down.count {
          let line = (down.first + y) * pictureSide + across.first
          for x in 0..<across.count {
            let weight = down.weights[y] * across.weights[x]
            sum = sum + PackedPixel(pixels, at: (line + x) * 3) * weight
          }
        }
        let at = (row * side + column) * 3
        face[at] = Float((sum.red + 12) / 25) / 255
        face[at + 1] = Float((sum.green + 12) / 25) / 255
        face[at + 2] = Float((sum.blue + 12) / 25) / 255
      }
    }
  }
}
