import Foundation

/// A linear change of red, green and blue in 0–255, and an offset.
public struct ColourMatrix: Equatable, Sendable {
  /// Where full red, green and blue go, and black.
  private var columns: [SIMD3<Float>]

  /// No change.
  public init() {
    columns = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1), .zero]
  }

  /// Three columns and the offset, one after the other.
  var numbers: [Float] { columns.flatMap { [$0.x, $0.y, $0.z] } }

  /// This change, and then an offset.
  public func adding(_ offset: SIMD3<Float>) -> ColourMatrix {
    var result = self
    result.columns[3] += offset
    return result
  }

  /// This change, and then all distances to middle grey multiplied.
  public func contrast(_ factor: Float) -> ColourMatrix {
    var result = self
    for index in result.columns.indices { result.columns[index] *= factor }
    return result.adding(SIMD3(repeating: 127.5 * (1 - factor)))
  }

  /// This change, and then all distances to the colour's own grey multiplied.
  public func saturation(_ factor: Float) -> ColourMatrix {
    mapped { colour in
      let grey = SIMD3<Float>(repeating: ColourMatrix.grey(colour))
      return grey + (colour - grey) * factor
    }
  }

  /// This change, and then the hue turned by an angle in radians around the axis of greys.
  public func hue(_ angle: Float) -> ColourMatrix {
    let (cosine, sine) = (cos(angle), sin(angle))
    return mapped { colour in
      // Rodrigues' rotation; the axis is (1, 1, 1) / √3.
      let along = SIMD3<Float>(repeating: colour.sum() / 3)
      let cross = SIMD3(colour.z - colour.y, colour.x - colour.z, colour.y - colour.x)
      let turned: SIMD3<Float> = (colour - along) * cosine
      return along + turned + cross * (sine * 0.577_350_27)
    }
  }

  private func mapped(_ linear: (SIMD3<Float>) -> SIMD3<Float>) -> ColourMatrix {
    var result = self
    for index in result.columns.indices { result.columns[index] = linear(result.columns[index]) }
    return result
  }

  /// Luma of BT.601.
  private static func grey(_ colour: SIMD3<Float>) -> Float {
    (colour * SIMD3(0.299, 0.587, 0.114)).sum()
  }
}
