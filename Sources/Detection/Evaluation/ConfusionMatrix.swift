import Faces

/// How many samples were told right and wrong.
public struct ConfusionMatrix: Codable, Equatable, Sendable {
  /// Fakes that were called fake.
  public var fakeCalledFake = 0
  /// Fakes that were called real.
  public var fakeCalledReal = 0
  /// Reals that were called fake.
  public var realCalledFake = 0
  /// Reals that were called real.
  public var realCalledReal = 0

  enum CodingKeys: String, CodingKey {
    case fakeCalledFake = "fake_called_fake"
    case fakeCalledReal = "fake_called_real"
    case realCalledFake = "real_called_fake"
    case realCalledReal = "real_called_real"
  }

  /// A sample is called fake when its probability is at least the threshold.
  public init(of samples: ScoredSamples<some EvaluationLevel>, threshold: Double) {
    for (probability, label) in zip(samples.probabilities, samples.labels) {
      switch (label, probability >= threshold) {
      case (.fake, true): fakeCalledFake += 1
      case (.fake, false): fakeCalledReal += 1
      case (.real, true): realCalledFake += 1
      case (.real, false): realCalledReal += 1
      }
    }
  }
}
