public import Engine
public import Media

/// The face in a picture of a face set: the central 62.5 %, at 64×64.
public enum Crop {
  /// The side of the pictures in a face set, in pixels.
  public static let pictureSide = 256
  /// The side of the models' input, in pixels.
  public static let side = 64
  /// The share of a picture's side that the face covers: 160 of 256 pixels.
  public static let coverage = 0.625

  /// Maps points of a 256×256 picture to pixels of its 64×64 face.
  public static func points(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let share = Float(Double(pictureSide) * coverage)
    let margin = (Float(pictureSide) - share) / 2
    return points.map { ($0 - margin) * (Float(side) / share) }
  }

  /// The faces in 256×256 pictures, `[N, 64, 64, 3]` in 0…1.
  ///
  /// Area-averaged and rounded to 8 bits, bit-identical to
  /// `cv2.resize(im[48:208, 48:208], (64, 64), interpolation=cv2.INTER_AREA)`.
  public static func faces(of images: [Image]) -> Tensor {
    Tensor.stacked(images.count, part: [side, side, 3]) { index, face in
      shrink(images[index], into: &face)
    }
  }

  /// The face in one 256×256 picture, `[1, 64, 64, 3]` in 0…1.
  public static func face(_ image: Image) -> Tensor {
    faces(of: [image])
  }

  /// Averages 2.5×2.5 pixels; weights are counted in half pixels, so the sums are exact.
  private static func shrink(_ image: Image, into face: inout MutableSpan<Float>) {
    precondition(
      image.width == pictureSide && image.height == pictureSide,
      "a \(image.width)×\(image.height) picture is not \(pictureSide)×\(pictureSide)")
    let values = image.pixels
    let pixels = values.span
    let margin = (pictureSide - side * 5 / 2) / 2
    for row in 0..<side {
      for column in 0..<side {
        var sum = PackedPixel.zero
        for y in 0..<3 {
          let line = (margin + row * 5 / 2 + y) * pictureSide + margin + column * 5 / 2
          for x in 0..<3 {
            let weight = weight(y, of: row) * weight(x, of: column)
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

  /// Half pixels that source pixel `k` of 3 contributes to an output pixel: 2, 2, 1 or 1, 2, 2.
  private static func weight(_ k: Int, of output: Int) -> UInt64 {
    k == (output % 2 == 0 ? 2 : 0) ? 1 : 2
  }
}
