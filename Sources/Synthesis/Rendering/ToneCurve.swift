import Faces
import Foundation

/// A camera's tone curve from linear light to sRGB: a toe, high mid-tone contrast, a soft shoulder.
enum ToneCurve {
  /// Values of the curve at `x / (x + 0.5)` = k / 4096: finer where it is steep.
  private static let table: [Float] = (0...4097).map { k in
    let t = min(Float(k) / 4096, 0.9999)
    return curve(0.5 * t / (1 - t))
  }

  /// sRGB in 0…1.
  @inline(__always)
  static func encoded(_ color: SIMD3<Float>) -> SIMD3<Float> {
    let positive = pointwiseMax(color, SIMD3(repeating: 0))
    let place = positive / (positive + 0.5) * 4096
    return SIMD3(value(place.x), value(place.y), value(place.z))
  }

  @inline(__always)
  private static func value(_ place: Float) -> Float {
    let cell = Int(place)
    return mix(table[cell], table[cell + 1], place - Float(cell))
  }

  /// The curve itself; 0.18 stays where sRGB puts it.
  private static func curve(_ x: Float) -> Float {
    // Contrast about the mid gray, in stops.
    let toned = 0.18 * pow(x / 0.18, 1.07)
    let rolled = toned < 0.45 ? toned : 0.45 + 0.55 * (1 - exp((0.45 - toned) / 0.55))
    return rolled <= 0.0031308 ? rolled * 12.92 : 1.055 * pow(rolled, 1 / 2.4) - 0.055
  }
}
