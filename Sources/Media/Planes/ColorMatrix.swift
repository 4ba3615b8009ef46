import Foundation

/// A linear change of red, green and blue in 0–255, and an offset.
public struct ColorMatrix: Equatable, Sendable {
  /// Where full red, green and blue go, and black.
  private var columns: [SIMD3<Float>]

  /// No change.
  public init() {
    columns = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1), .zero]
  }

  /// Three columns and the offset, one after the other.
  var numbers: [Float] { columns.flatMap { [$0.x, $0.y, $0.z] } }

  /// This change, and then an offset.
  public func adding(_ offset: SIMD3<Float>) -> ColorMatrix {
    var result = self
    result.columns[3] += offset
    return result
  }

  /// This change, and then all distances to middle gray multiplied.
  public func contrast(_ factor: Float) -> ColorMatrix {
    var result = self
    for index in result.columns.indices { result.columns[index] *= factor }
    return result.adding(SIMD3(repeating: 127.5 * (1 - factor)))
  }

  /// This change, and then all distances to the color's own gray multiplied.
  public func saturation(_ factor: Float) -> ColorMatrix {
    mapped { color in
      let gray = SIMD3<Float>(repeating: ColorMatrix.gray(color))
      return gray + (color - gray) * factor
    }
  }

  /// This change, and then the hue turned by an angle in radians around the axis of grays.
  public func hue(_ angle: Float) -> ColorMatrix {
    let (cosine, sine) = (cos(angle), sin(angle))
    return mapped { color in
      // Rodrigues' rotation; the axis is (1, 1, 1) / √3.
      let along = SIMD3<Float>(repeating: color.sum() / 3)
      let cross = SIMD3(color.z - color.y, color.x - color.z, color.y - color.x)
      let turned: SIMD3<Float> = (color - along) * cosine
      return along + turned + cross * (sine * 0.577_350_27)
    }
  }

  private func mapped(_ linear: (SIMD3<Float>) -> SIMD3<Float>) -> ColorMatrix {
    var result = self
    for index in result.columns.indices { result.columns[index] = linear(result.columns[index]) }
    return result
  }

  /// Luma of BT.601.
  private static func gray(_ color: SIMD3<Float>) -> Float {
    (color * SIMD3(0.299, 0.587, 0.114)).sum()
  }
}
