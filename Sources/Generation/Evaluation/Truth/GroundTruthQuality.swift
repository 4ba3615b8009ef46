/// The metrics of held-out swaps against ground truth, in both directions.
///
/// Means over pictures; only synthetic people have ground truth.
public struct GroundTruthQuality: Codable, Equatable, Sendable {
  /// The pictures of A with B's face.
  public var a2b: GroundTruthMetrics
  /// The pictures of B with A's face.
  public var b2a: GroundTruthMetrics

  /// The metrics of the two directions.
  public init(a2b: GroundTruthMetrics, b2a: GroundTruthMetrics) {
    (self.a2b, self.b2a) = (a2b, b2a)
  }

  /// The SSIM of the worse direction.
  public var score: Double { min(a2b.ssim, b2a.ssim) }

  /// Rounded to four decimals.
  public var rounded: GroundTruthQuality {
    GroundTruthQuality(a2b: a2b.rounded, b2a: b2a.rounded)
  }

  /// False if a metric is not finite, which JSON cannot represent.
  public var isFinite: Bool { a2b.isFinite && b2a.isFinite }
}
