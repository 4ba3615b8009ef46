import Engine
import Faces
import Media

/// A change of expression: some landmarks and where they go.
struct Expression {
  /// By landmark, the motion in pixels.
  var motions: [(landmark: Int, motion: SIMD2<Float>)] = []

  /// A random expression of a region.
  ///
  /// - Parameter size: the largest motion in pixels.
  init(region: FaceShape, size: Double, chance: inout RandomSource) {
    let size = Float(size)
    func either() -> Float { Float(chance.uniform(-1...1)) }
    if region != .eyes {
      // The jaw opens or closes, the corners of the mouth widen, rise or fall.
      let (jaw, wide, left, right) = (either(), either(), either(), either())
      let lower = SIMD2(0, size * jaw)
      motions += (55..<60).map { ($0, lower) } + (65..<68).map { ($0, lower) }
      motions += (6..<11).map { ($0, region == .mouth ? .zero : lower) }
      motions += (50..<53).map { ($0, SIMD2(0, -0.3 * size * jaw)) }
      motions.append((48, SIMD2(-size * wide, size * left) * 0.7))
      motions.append((54, SIMD2(size * wide, size * right) * 0.7))
    }
    if region == .eyes || region == .inner || region == .face {
      let (brows, lids) = (either(), either())
      motions += (17..<27).map { ($0, SIMD2(0, size * brows)) }
      motions += [37, 38, 43, 44].map { ($0, SIMD2(0, 0.4 * size * lids)) }
    }
  }

  /// The field of sampling offsets that moves the landmarks, over a 256×256 picture.
  ///
  /// All other landmarks hold still.
  func field(of landmarks: [SIMD2<Float>]) -> Displacement {
    let moves = Dictionary(motions.map { ($0.landmark, $0.motion) }) { $0 + $1 }
    return Expression.field(
      at: landmarks, offsets: landmarks.indices.map { -(moves[$0] ?? .zero) },
      side: Crop.pictureSide)
  }

  /// A field of sampling offsets that are known at some places; they fall off as Gaussians around them.
  ///
  /// - Parameters:
  ///   - places: in pixels of a square picture.
  ///   - offsets: as many.
  ///   - side: the picture's side.
  static func field(
    at places: [SIMD2<Float>], offsets: [SIMD2<Float>], side: Int
  ) -> Displacement {
    let spacing = 4
    let points = Displacement.points(over: side, spacing: spacing)
    var (across, down) = ([Float](), [Float]())
    for row in 0..<points {
      for column in 0..<points {
        let point = SIMD2(Float(column * spacing), Float(row * spacing))
        // A little weight of no motion lets the field vanish far from the face.
        var (sum, total) = (SIMD2<Float>.zero, Float(0.05))
        for (place, offset) in zip(places, offsets) {
          let away = place - point
          let weight = Expression.weight(of: (away * away).sum())
          sum += weight * offset
          total += weight
        }
        across.append(sum.x / total)
        down.append(sum.y / total)
      }
    }
    return Displacement(
      across: Plane(width: points, height: points, values: across),
      down: Plane(width: points, height: points, values: down), spacing: spacing)
  }

  /// A bump of about 12 pixels around a landmark: a polynomial in place of a Gaussian, so that
  /// every machine computes the same bits.
  private static func weight(of squaredDistance: Float) -> Float {
    let rest = max(0, 1 - squaredDistance / (24 * 24))
    return rest * rest * rest * rest
  }
}

extension Image {
  /// The picture resampled bilinearly with the offsets.
  func displaced(by displacement: Displacement) -> Image {
    overPlanes { $0.displaced(by: displacement) }
  }

  /// Red, green and blue, each changed as a plane in levels of 0…255.
  func overPlanes(_ change: (Plane) -> Plane) -> Image {
    let planes = (0..<3).map { channel in
      change(
        Plane(
          width: width, height: height,
          values: (0..<width * height).map { Float(pixels[$0 * 3 + channel]) }))
    }
    var changed = [UInt8]()
    changed.reserveCapacity(pixels.count)
    for place in 0..<width * height {
      for plane in planes { changed.append(UInt8(min(max(plane.values[place] + 0.5, 0), 255))) }
    }
    return Image(width: width, height: height, pixels: changed)
  }
}
