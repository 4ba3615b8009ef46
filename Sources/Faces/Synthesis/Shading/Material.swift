/// How a surface looks, point by point.
protocol Material: Sendable {
  /// False where the surface has a hole: between strands of hair, around a brow.
  func covers(_ chart: SIMD2<Float>) -> Bool
  /// What light meets at a point.
  ///
  /// - Parameter detail: chart units a sample covers; what is finer should be averaged away.
  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface
  /// False for materials without holes.
  var hasHoles: Bool { get }
  /// True for what counts as face in `Portrait.mask`.
  func isFace(_ chart: SIMD2<Float>) -> Bool
}

extension Material {
  func covers(_ chart: SIMD2<Float>) -> Bool { true }
  var hasHoles: Bool { false }
  func isFace(_ chart: SIMD2<Float>) -> Bool { false }
}

/// What light meets at a point of a surface.
struct Surface {
  /// Linear RGB, 0…1.
  var albedo: SIMD3<Float>
  /// Reflectance straight on; 0.028 is skin.
  var specular: Float = 0.028
  /// GGX roughness, 0…1.
  var roughness: Float = 0.5
  /// How much light enters and comes out elsewhere, 0…1; 1 is skin.
  var subsurface: Float = 0
  /// How the surface rises along the chart's two directions: small bumps.
  var slope = SIMD2<Float>.zero
  /// How open the point is to the surroundings' light, 0…1.
  var openness: Float = 1
  /// Strands along the chart's second direction: hair's shine instead of skin's.
  var isStrands = false
}
