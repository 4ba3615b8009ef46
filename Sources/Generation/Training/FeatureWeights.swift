/// The weights of the eyes and the mouth in the loss, relative to the rest of the face.
public struct FeatureWeights: Codable, Equatable, Sendable {
  /// The weight of the eyes, where other regions have 1.
  public var eyes: Float
  /// The weight of the mouth.
  public var mouth: Float

  /// Weights of 1 or more.
  public init(eyes: Float = 1, mouth: Float = 1) {
    (self.eyes, self.mouth) = (eyes, mouth)
  }
}
