/// What a detector is shown of a 256×256 face picture; kept in its checkpoint and obeyed by scoring.
public struct DetectorInput: Codable, Equatable, Sendable {
  /// The side of the square that the detector sees, in pixels.
  public var side: Int
  /// How much of the picture's side, about its center, is cut out before it is resized, 0…1.
  public var share: Double
  /// What is taken from each of red, green and blue, 0…1, before the division.
  public var mean: [Float]
  /// What each is divided by then.
  public var deviation: [Float]

  /// The values as they are.
  public init(
    side: Int, share: Double = 1, mean: [Float] = [0, 0, 0], deviation: [Float] = [1, 1, 1]
  ) {
    (self.side, self.share, self.mean, self.deviation) = (side, share, mean, deviation)
  }
}
