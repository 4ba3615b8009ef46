/// What a detector's training stands at, beside its tensors.
public struct DetectorState: Codable, Equatable, Sendable {
  /// How many steps are done.
  public internal(set) var iteration = 0
  /// Seconds of training so far, over all sessions.
  public internal(set) var seconds = 0.0
  /// The best evaluation so far.
  public internal(set) var best: DetectorValidation?
  /// Evaluations since then.
  public internal(set) var waited = 0

  /// Before the first step.
  public init() {}
}

/// How good the weights of one moment are.
public struct DetectorValidation: Codable, Equatable, Sendable {
  /// How many steps were done then.
  public let iteration: Int
  /// Seconds of training until then.
  public let seconds: Double
  /// What they are ranked by, such as the ROC AUC of validation frames; higher is better.
  public let score: Double
}

/// What one training step did.
public struct DetectorStep: Equatable, Sendable {
  /// How many steps are done with this one.
  public let iteration: Int
  /// Seconds of training so far: of the steps alone, not of evaluations or saves.
  public let seconds: Double
  /// Faces in the step.
  public let faces: Int
  /// The training loss of the batch.
  public let loss: Float
}

/// How long to train: until the first of the limits.
public struct DetectorBudget: Codable, Equatable, Sendable {
  /// The number of steps over all sessions.
  public var iterations: Int?
  /// The seconds of training over all sessions.
  public var seconds: Double?

  /// At least one limit.
  public init(iterations: Int? = nil, seconds: Double? = nil) {
    precondition(iterations != nil || seconds != nil, "a budget without a limit")
    (self.iterations, self.seconds) = (iterations, seconds)
  }

  /// How much of the budget is used, 0…1.
  public func progress(_ state: DetectorState) -> Double {
    let shares = [
      iterations.map { Double(state.iteration) / Double(max(1, $0)) },
      seconds.map { $0 > 0 ? state.seconds / $0 : 1 },
    ]
    return min(shares.compactMap { $0 }.max() ?? 1, 1)
  }
}
