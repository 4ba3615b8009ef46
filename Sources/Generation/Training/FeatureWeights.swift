/// How much more than the rest of the face the eyes and the mouth count in the loss.
public struct FeatureWeights: Codable, Equatable, Sendable {
  /// What the eyes weigh, where other places weigh 1.
  public var eyes: Float
  /// What the mouth weighs.
  public var mouth: Float

  /// Weights of 1 or more.
  public init(eyes: Float = 1, mouth: Float = 1) {
    (self.eyes, self.mouth) = (eyes, mouth)
  }
}
