import Faces

/// The appearance of a surface.
protocol Material: Sendable {
  /// False in holes of the surface: between strands of hair, around a brow.
  func covers(_ chart: SIMD2<Float>) -> Bool
  /// The surface properties at a point.
  ///
  /// - Parameter detail: the chart units that a sample covers; finer detail should be averaged.
  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface
  /// False for materials without holes.
  var hasHoles: Bool { get }
  /// True for strands that are finer than samples, so that their edges are blurred.
  var isFrayed: Bool { get }
  /// True for the parts that count as face in `Portrait.mask`.
  func isFace(_ chart: SIMD2<Float>) -> Bool
}

extension Material {
  func covers(_ chart: SIMD2<Float>) -> Bool { true }
  var hasHoles: Bool { false }
  var isFrayed: Bool { false }
  func isFace(_ chart: SIMD2<Float>) -> Bool { false }
}

/// The properties of a point of a surface.
struct Surface {
  /// Linear RGB, 0…1.
  var albedo: SIMD3<Float>
  /// Reflectance at normal incidence; 0.028 is skin.
  var specular: Float = 0.028
  /// GGX roughness, 0…1.
  var roughness: Float = 0.5
  /// The share of the specular reflection from a smoother film: oil, or moisture; 0…1.
  var film: Float = 0
  /// The share of light that scatters below the surface, 0…1; 1 is skin.
  var subsurface: Float = 0
  /// The slopes of small bumps along the chart's two directions.
  var slope = SIMD2<Float>.zero
  /// The ambient visibility of the point, 0…1.
  var openness: Float = 1
  /// Whether strands run along the chart's second direction, with the specular reflection of hair.
  var isStrands = false
}
