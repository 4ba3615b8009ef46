import Engine
import Foundation

/// The random values of one sample: where input and target sample the picture, and the color
/// change.
///
/// Rotation, zoom, shift, flip and warp are combined into one map, so the picture is sampled once.
/// Unlike the classic code, which is off by half a pixel (its input and target differ by half a
/// pixel of 64, its grid by half a pixel of 256), this one is centered: without randomness, input
/// and target equal `Crop`.
struct WarpDraw: Equatable, Sendable {
  /// The 5×5 grid of the input.
  let input: PointGrid
  /// The corners of the target.
  let target: PointGrid
  /// The color change of the input.
  let tint: Tint
  /// The occlusion of the input.
  let occlusion: RandomOcclusion?

  /// - Parameter isWarped: false omits the warp and leaves all other random values unchanged.
  init(from source: inout RandomSource, settings: WarpSettings, isWarped: Bool = true) {
    let map = WarpDraw.map(from: &source, settings: settings)
    let side = Double(Crop.pictureSide)
    let margin = side * (1 - settings.coverage) / 2
    let plain = source.uniform() < settings.plainFraction
    let deviation = plain || !isWarped ? 0 : settings.warpDeviation
    var warped = PointGrid(side: 5, from: margin, to: side - margin)
    for index in warped.points.indices {
      warped.points[index].x += source.normal(deviation: deviation)
      warped.points[index].y += source.normal(deviation: deviation)
    }
    var corners = PointGrid(side: 2, from: margin, to: side - margin)
    if settings.refitsTarget {
      let even = PointGrid(side: 5, from: 0, to: 1)
      let refit = AffineMap(similarityFrom: warped.points, to: even.points)
      corners = PointGrid(side: 2, from: 0, to: 1).moved(by: refit.inverse)
    }
    input = warped.moved(by: map)
    target = corners.moved(by: map)
    tint = Tint(settings.jitter, from: &source)
    let isHidden = source.uniform() < settings.occlusion ?? 0
    occlusion = isHidden ? RandomOcclusion(from: &source) : nil
  }

  /// From the augmented picture to the original one.
  private static func map(
    from source: inout RandomSource, settings: WarpSettings
  ) -> AffineMap {
    let angle = settings.rotation * source.uniform(-1...1)
    let zoom = 1 + settings.zoom * source.uniform(-1...1)
    let side = Double(Crop.pictureSide)
    let shift = SIMD2(source.uniform(-1...1), source.uniform(-1...1)) * settings.shift * side
    let mirrored = source.uniform() < settings.flip
    let center = SIMD2(repeating: side / 2)
    var map = AffineMap(
      scaleAndTurn: SIMD2(cos(angle), sin(angle)) / zoom, origin: SIMD2(0, 0))
    map.origin = center - map(center + shift)
    guard mirrored else { return map }
    map.origin += map.columnX * side
    map.columnX = -map.columnX
    return map
  }
}
