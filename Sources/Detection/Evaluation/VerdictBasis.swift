/// What verdicts on a score rest on.
public struct VerdictBasis: Codable, Equatable, Sendable {
  /// The limits of verdicts, and the error rates there.
  public let point: OperatingPoint
  /// The scores of validation videos; nil where they are not known.
  public let distributions: ScoreDistributions?

  public init(point: OperatingPoint, distributions: ScoreDistributions? = nil) {
    (self.point, self.distributions) = (point, distributions)
  }
}
