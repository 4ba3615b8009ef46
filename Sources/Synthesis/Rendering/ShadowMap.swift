import Faces
import Foundation

/// The distance of the first surface from the key light.
struct ShadowMap {
  /// Samples along a side.
  private static let side = 288
  /// The half width of the map, in centimeters.
  private static let reach: Float = 19
  /// Samples per centimeter.
  private static let scale = Float(side) / (2 * reach)
  /// Points on a disc of radius 1, evenly spread (Vogel 1979), the innermost first.
  private static let disc: [SIMD2<Float>] = (0..<16).map {
    let radius = ((Float($0) + 0.5) / 16).squareRoot()
    let angle = Float($0) * 2.399963
    return SIMD2(cos(angle), sin(angle)) * radius
  }

  /// How near to the light the first surface is, in centimeters along its direction.
  private let nearness: [Float]
  private let right, up, towards: SIMD3<Float>
  private let middle: SIMD3<Float>
  /// The light's radius over its distance.
  private let size: Float

  /// - Parameters:
  ///   - towards: a unit vector to the light.
  ///   - middle: the center of everything that may cast or receive shadows.
  ///   - size: the light's radius over its distance.
  init(_ figure: Figure, towards: SIMD3<Float>, middle: SIMD3<Float>, size: Float) {
    self.towards = towards
    self.middle = middle
    self.size = size
    let aside: SIMD3<Float> = abs(towards.y) < 0.9 ? SIMD3(0, 1, 0) : SIMD3(0, 0, -1)
    let right = normalized(cross(aside, towards))
    let up = cross(towards, right)
    (self.right, self.up) = (right, up)
    let half = Float(ShadowMap.side) / 2
    var grid = SampleGrid(width: ShadowMap.side, height: ShadowMap.side)
    grid.draw(
      figure,
      screen: figure.positions.map { position in
        let offset = position - middle
        return SIMD4(
          half + dot(offset, right) * ShadowMap.scale, half - dot(offset, up) * ShadowMap.scale,
          dot(offset, towards), 1)
      })
    nearness = grid.nearness
  }

  /// The visible share of the light at a point, 0…1, and its depth behind the first surface that
  /// the light hits, in centimeters.
  ///
  /// The penumbra widens with the distance of the occluder (Fernando 2005).
  ///
  /// - Parameter turn: cosine and sine of the rotation of the sample pattern, so that neighboring
  ///   pixels sample different points.
  func light(
    at point: SIMD3<Float>, normal: SIMD3<Float>, turn: SIMD2<Float>
  ) -> (share: Float, depth: Float) {
    // At grazing angles the surface's own curvature must not shade it: its triangles would show.
    let grazing = ramp(dot(normal, towards), 0.4, 0)
    let offset = point + normal * (0.1 + 0.3 * grazing) - middle
    let half = Float(ShadowMap.side) / 2
    let place = SIMD2(
      half + dot(offset, right) * ShadowMap.scale, half - dot(offset, up) * ShadowMap.scale)
    let here = dot(offset, towards)
    let (nearness, disc) = (nearness.span, ShadowMap.disc)
    let depth = max(
      0, (ShadowMap.probe(nearness, place) ?? -.infinity) - dot(point - middle, towards))

    let leave = 0.08 + 0.5 * grazing
    let search = min(0.25 + 6 * size, 3.5) * ShadowMap.scale
    var (blockers, distance): (Float, Float) = (0, 0)
    for k in stride(from: 1, to: 16, by: 2) {
      let there = ShadowMap.probe(nearness, place + ShadowMap.turned(disc[k], turn) * search)
      if let there, there > here + leave {
        blockers += 1
        distance += there - here
      }
    }
    guard blockers > 0 else { return (1, depth) }
    guard blockers < 8 else { return (0, depth) }
    let radius = min(max(distance / blockers * size, 0.1), 4) * ShadowMap.scale
    let slack = leave + 0.25 * radius / ShadowMap.scale
    var lit: Float = 0
    for probed in disc {
      let there = ShadowMap.probe(nearness, place + ShadowMap.turned(probed, turn) * radius)
      lit += there.map { $0 <= here + slack } ?? true ? 1 : 0
    }
    return (lit / Float(disc.count), depth)
  }

  @inline(__always)
  private static func turned(_ p: SIMD2<Float>, _ turn: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2(p.x * turn.x - p.y * turn.y, p.x * turn.y + p.y * turn.x)
  }

  /// The first surface at a point of the map; nil beyond its edges.
  @inline(__always)
  private static func probe(_ nearness: Span<Float>, _ place: SIMD2<Float>) -> Float? {
    let limit = Float(ShadowMap.side)
    guard place.x >= 0, place.y >= 0, place.x < limit, place.y < limit else { return nil }
    return nearness[Int(place.y) * ShadowMap.side + Int(place.x)]
  }
}
