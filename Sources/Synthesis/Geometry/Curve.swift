/// A smooth curve through given values: cubic Hermite segments with Catmull–Rom slopes.
struct Curve {
  private let places: [Float]
  private let values: [SIMD8<Float>]

  /// - Parameter points: positions in ascending order, each with its value.
  init(_ points: [(Float, SIMD8<Float>)]) {
    places = points.map(\.0)
    values = points.map(\.1)
  }

  /// The value at `place`; beyond the ends, that of the nearest end.
  func callAsFunction(_ place: Float) -> SIMD8<Float> {
    let last = places.count - 1
    if place <= places[0] { return values[0] }
    if place >= places[last] { return values[last] }
    var piece = 0
    while places[piece + 1] < place { piece += 1 }
    let width = places[piece + 1] - places[piece]
    let x = (place - places[piece]) / width
    let rise = values[piece + 1] - values[piece]
    let before = slope(at: piece) * width
    let after = slope(at: piece + 1) * width
    let bend = (before - rise) * (1 - x) + (rise - after) * x
    return values[piece] + rise * x + bend * (x * (1 - x))
  }

  private func slope(at point: Int) -> SIMD8<Float> {
    let from = max(point - 1, 0)
    let to = min(point + 1, places.count - 1)
    return (values[to] - values[from]) / (places[to] - places[from])
  }
}
