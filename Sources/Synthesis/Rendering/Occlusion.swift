import Faces
import Foundation

/// Shadowing of each pixel's surface, smoothed over the surface.
struct Occlusion {
  /// The shadowing of one pixel.
  struct Value {
    /// The visible share of the key light, 0…1.
    var key: Float = 1
    /// The visible share of the surroundings, 0…1.
    var openness: Float = 1
    /// The depth behind the first surface that the key light hits, in centimeters.
    var depth: Float = 0
  }

  private let side: Int
  private var values: [SIMD4<Float>]

  /// Points on a disc of radius 1, denser in the center.
  private static let disc: [SIMD2<Float>] = (0..<12).map {
    let radius = pow((Float($0) + 0.7) / 12, 0.8)
    let angle = Float($0) * 2.399963
    return SIMD2(cos(angle), sin(angle)) * radius
  }
  /// Rotations for each position of a 4×4 tile, all eight on each color of a checkerboard;
  /// smoothing over the tile removes the pattern.
  private static let turns: [SIMD2<Float>] = {
    let order: [Float] = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
    return order.map { SIMD2(cos($0 / 8 * 2 * .pi), sin($0 / 8 * 2 * .pi)) }
  }()

  /// - Parameter places: the visible surface of each pixel.
  init(_ places: PixelPlaces, view: View, shadows: ShadowMap) {
    side = places.side
    values = [SIMD4<Float>](repeating: SIMD4(1, 1, 0, 0), count: side * side)
    // The black squares of a checkerboard are sampled, the white ones are interpolated.
    for y in 0..<side {
      for x in stride(from: y & 1, to: side, by: 2) where places.distances[y * side + x] < .infinity
      {
        values[y * side + x] = Occlusion.probed(places, x, y, view, shadows)
      }
    }
    for y in 0..<side {
      for x in stride(from: 1 - (y & 1), to: side, by: 2)
      where places.distances[y * side + x] < .infinity {
        values[y * side + x] =
          between(x, y, places.distances[y * side + x])
          ?? Occlusion.probed(places, x, y, view, shadows)
      }
    }
    smooth(step: 1)
    smooth(step: side)
  }

  /// The shadowing of a pixel's surface from samples.
  private static func probed(
    _ places: PixelPlaces, _ x: Int, _ y: Int, _ view: View, _ shadows: ShadowMap
  ) -> SIMD4<Float> {
    let index = y * places.side + x
    let turn = turns[(y & 3) * 4 + (x & 3)]
    let (position, normal) = (places.positions[index], places.normals[index])
    let light = shadows.light(at: position, normal: normal, turn: turn)
    let open = openness(places, x, y, position, normal, turn, view)
    return SIMD4(light.share, open, light.depth, places.distances[index])
  }

  /// The mean of the four neighbors that show the same surface; nil unless there are two.
  private func between(_ x: Int, _ y: Int, _ distance: Float) -> SIMD4<Float>? {
    var (sum, count) = (SIMD4<Float>.zero, Float(0))
    func add(_ isThere: Bool, _ index: Int) {
      guard isThere, abs(values[index].w - distance) < 0.5 else { return }
      sum += values[index]
      count += 1
    }
    let index = y * side + x
    add(x > 0, index - 1)
    add(x < side - 1, index + 1)
    add(y > 0, index - side)
    add(y < side - 1, index + side)
    guard count > 1 else { return nil }
    sum /= count
    sum.w = distance
    return sum
  }

  /// The ambient visibility of a point, from nearby visible surfaces.
  ///
  /// After McGuire, Osman, Bukowski and Hennessy (2011).
  private static func openness(
    _ places: PixelPlaces, _ x: Int, _ y: Int, _ position: SIMD3<Float>, _ normal: SIMD3<Float>,
    _ turn: SIMD2<Float>, _ view: View
  ) -> Float {
    let reach: Float = 5
    let pixels =
      reach * view.focalLength / places.distances[y * places.side + x]
      / Float(Renderer.samplesPerPixel)
    var sum: Float = 0
    let positions = places.positions.span
    for probed in disc {
      let p = SIMD2(probed.x * turn.x - probed.y * turn.y, probed.x * turn.y + probed.y * turn.x)
      let tx = Int(Float(x) + p.x * pixels + 0.5)
      let ty = Int(Float(y) + p.y * pixels + 0.5)
      guard tx >= 0, ty >= 0, tx < places.side, ty < places.side else { continue }
      let there = ty * places.side + tx
      let way = positions[there] - position
      let square = dot(way, way)
      guard square < reach * reach * 1.5 else { continue }
      let fade = 1 - square / (reach * reach * 1.5)
      let rise = dot(way, normal) - 0.04
      if rise > 0 { sum += fade * rise / (square + 0.05).squareRoot() }
    }
    return max(0, 1 - 1.7 * sum / Float(disc.count))
  }

  /// Means over four neighbors along a row (`step` 1) or column on the same surface.
  private mutating func smooth(step: Int) {
    let before = values
    for y in 0..<side {
      for x in 0..<side {
        let index = y * side + x
        let here = before[index]
        guard here.w > 0 else { continue }
        let along = step == 1 ? x : y
        var (sum, weights) = (here, Float(1))
        for k in -2...2 where k != 0 {
          guard along + k >= 0, along + k < side else { continue }
          let there = before[index + k * step]
          guard there.w > 0, abs(there.w - here.w) < 0.7 else { continue }
          let weight: Float = abs(k) == 2 ? 0.5 : 1
          sum += there * weight
          weights += weight
        }
        sum /= weights
        values[index] = SIMD4(sum.x, sum.y, sum.z, here.w)
      }
    }
  }

  /// The shadowing of a surface that a pixel sees at a distance: its own, or a neighbor's if the
  /// pixel's own value belongs to another surface.
  func value(x: Int, y: Int, distance: Float) -> Value {
    var best = values[y * side + x]
    if abs(best.w - distance) > 0.8 {
      for ty in max(0, y - 1)...min(side - 1, y + 1) {
        for tx in max(0, x - 1)...min(side - 1, x + 1) {
          let other = values[ty * side + tx]
          if other.w > 0, abs(other.w - distance) < abs(best.w - distance) { best = other }
        }
      }
    }
    return Value(key: best.x, openness: best.y, depth: best.z)
  }
}
