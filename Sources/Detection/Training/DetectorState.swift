/// The state of detector training besides its tensors.
public struct DetectorState: Codable, Equatable, Sendable {
  /// The number of completed steps.
  public internal(set) var iteration = 0
  /// Seconds of training so far, over all sessions.
  public internal(set) var seconds = 0.0
  /// The best evaluation so far.
  public internal(set) var best: DetectorValidation?
  /// The number of evaluations since then.
  public internal(set) var waited = 0

  /// Before the first step.
  public init() {}
}

/// The validation result of the weights at one step.
public struct DetectorValidation: Codable, Equatable, Sendable {
  /// The number of completed steps at that time.
  public let iteration: Int
  /// Seconds of training until then.
  public let seconds: Double
  /// The score for model selection, such as the ROC AUC on validation samples; higher is better.
  public let score: Double
}

/// The result of one training step.
public struct DetectorStep: Codable, Equatable, Sendable {
  /// The number of completed steps, including this one.
  public let iteration: Int
  /// Seconds of training so far: only of the steps, without evaluations or saves.
  public let seconds: Double
  /// Faces, or clips, in the step.
  public let samples: Int
  /// The training loss of the batch.
  public let loss: Float
}

/// The training budget: up to the first of the limits.
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

  /// The used share of the budget, 0…1.
  public func progress(_ state: DetectorState) -> Double {
    let shares = [
      iterations.map { Double(state.iteration) / Double(max(1, $0)) },
      seconds.map { $0 > 0 ? state.seconds / $0 : 1 },
    ]
    return min(shares.compactMap { $0 }.max() ?? 1, 1)
  }
}
