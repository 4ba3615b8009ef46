import Engine
import Faces

extension Backdrop {
  /// The rows and columns that a place out of focus needs.
  private static let coarse = 96

  /// Linear RGB, row by row.
  func drawn(side: Int) -> [SIMD3<Float>] {
    let count = Backdrop.coarse
    let shapes = BackdropShapes(self)
    let coarse = (0..<count * count).map { index in
      shapes.color(
        at: SIMD2(Float(index % count) + 0.5, Float(index / count) + 0.5) / Float(count))
    }
    return (0..<side * side).map { index in
      let x = (Float(index % side) + 0.5) * Float(count) / Float(side) - 0.5
      let y = (Float(index / side) + 0.5) * Float(count) / Float(side) - 0.5
      let (left, top) = (min(max(Int(x), 0), count - 2), min(max(Int(y), 0), count - 2))
      let (u, v) = (clamped(x - Float(left)), clamped(y - Float(top)))
      let first = top * count + left
      return mix(
        mix(coarse[first], coarse[first + 1], u),
        mix(coarse[first + count], coarse[first + count + 1], u), v)
    }
  }
}
