public import Detection

/// What was measured after a round.
public struct DuelTest: Codable, Equatable, Sendable {
  /// How well one detector tells one kind of fakes from real pictures of the same people.
  public struct Cell: Codable, Equatable, Sendable {
    /// Who made the fakes.
    public let row: DuelGenerator
    /// Who scored them.
    public let column: DuelDetector
    /// ROC AUC, per frame.
    public let auc: MetricEstimate
    /// The same after all pictures were encoded again, as JPEG of quality 60.
    public let reencoded: MetricEstimate
    /// The share of fakes that are called fake at the detector's threshold.
    public let recall: Double?
  }

  /// A difference of two ROC AUCs on the same faces.
  public struct Difference<Subject: DuelKey>: Codable, Equatable, Sendable {
    /// Whose test it is about.
    public let about: Subject
    public let change: MetricEstimate
  }

  /// How many fakes one detector finds at how many false alarms.
  public struct Curve: Codable, Equatable, Sendable {
    public let row: DuelGenerator
    public let column: DuelDetector
    /// The share of reals that are called fake, and of fakes; from `[0, 0]` to `[1, 1]`.
    public let points: [[Double]]
  }

  /// What is new in the matrix.
  public internal(set) var cells: [Cell] = []
  /// By detector: what it gets on the control minus what it gets on the adversary's generator.
  public internal(set) var evasion: [Difference<DuelDetector>] = []
  /// What the new detector gets on the new generator minus what the one before it gets.
  public internal(set) var recovery: MetricEstimate?
  /// By earlier generator: what the new detector gets minus what that round's own got.
  public internal(set) var retention: [Difference<DuelGenerator>] = []
  /// The round's own detector on its generator, and the one before on it and on its control.
  public internal(set) var curves: [Curve]?
}
