import Engine
import Foundation

/// A random occlusion of part of a face: an ellipse of one color.
struct RandomOcclusion: Equatable, Sendable {
  /// The center, in pixels of the 256×256 picture.
  let center: SIMD2<Double>
  /// The radii, in pixels.
  let radii: SIMD2<Double>
  /// The rotation, in radians.
  let angle: Double
  /// Its color.
  let color: SIMD3<UInt8>

  /// An ellipse anywhere in the crop, with radii of 8 to 24 % of its side.
  init(from source: inout RandomSource) {
    let side = Double(Crop.pictureSide)
    let crop = side * Crop.coverage
    let margin = (side - crop) / 2
    center = SIMD2(source.uniform(), source.uniform()) * crop + margin
    radii = SIMD2(source.uniform(0.08...0.24), source.uniform(0.08...0.24)) * crop
    angle = source.uniform(0...Double.pi)
    color = SIMD3(
      UInt8(source.uniform(0...255)), UInt8(source.uniform(0...255)),
      UInt8(source.uniform(0...255)))
  }

  /// The pixels of a 256×256 picture with the ellipse painted over them.
  func painted(on pixels: [UInt8]) -> [UInt8] {
    painted(on: pixels) { pixels, at in
      for channel in 0..<3 { pixels[at + channel] = color[channel] }
    }
  }

  /// The pixels of a `FaceMap` with the face removed under the ellipse.
  func cut(from map: [UInt8]) -> [UInt8] {
    painted(on: map) { pixels, at in pixels[at] = 0 }
  }

  private func painted(
    on pixels: [UInt8], _ paint: (inout [UInt8], _ at: Int) -> Void
  ) -> [UInt8] {
    let side = Crop.pictureSide
    var pixels = pixels
    let reach = max(radii.x, radii.y)
    let (cosine, sine) = (cos(angle), sin(angle))
    func range(_ middle: Double) -> Range<Int> {
      let low = min(max(Int(middle - reach), 0), side)
      return low..<min(max(Int(middle + reach) + 1, low), side)
    }
    for row in range(center.y) {
      for column in range(center.x) {
        let offset = SIMD2(Double(column) + 0.5, Double(row) + 0.5) - center
        let along = (offset.x * cosine + offset.y * sine) / radii.x
        let across = (offset.y * cosine - offset.x * sine) / radii.y
        if along * along + across * across < 1 { paint(&pixels, (row * side + column) * 3) }
      }
    }
    return pixels
  }
}
