import Foundation

/// An affine transform of red, green and blue in 0–255.
public struct ColorMatrix: Equatable, Sendable {
  /// The images of full red, green and blue, and of black.
  private var columns: [SIMD3<Float>]

  /// The identity.
  public init() {
    columns = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1), .zero]
  }

  /// Three columns and the offset, one after the other.
  var numbers: [Float] { columns.flatMap { [$0.x, $0.y, $0.z] } }

  /// This transform followed by an offset.
  public func adding(_ offset: SIMD3<Float>) -> ColorMatrix {
    var result = self
    result.columns[3] += offset
    return result
  }

  /// This transform followed by scaling all distances from middle gray.
  public func contrast(_ factor: Float) -> ColorMatrix {
    var result = self
    for index in result.columns.indices { result.columns[index] *= factor }
    return result.adding(SIMD3(repeating: 127.5 * (1 - factor)))
  }

  /// This transform followed by scaling all distances from the color's own gray.
  public func saturation(_ factor: Float) -> ColorMatrix {
    mapped { color in
      let gray = SIMD3<Float>(repeating: ColorMatrix.gray(color))
      return gray + (color - gray) * factor
    }
  }

  /// This transform followed by rotating the hue by an angle in radians around the gray axis.
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
