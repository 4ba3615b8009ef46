/// The best held-out result so far.
public struct SwapBest: Codable, Equatable, Sendable {
  /// How many steps were done then.
  public let iteration: Int
  /// Seconds of training until then.
  public let seconds: Double
  /// The held-out figures.
  public let quality: SwapQuality

  /// A result and when it was had.
  public init(iteration: Int, seconds: Double, quality: SwapQuality) {
    (self.iteration, self.seconds, self.quality) = (iteration, seconds, quality)
  }
}
