/// Whether higher or lower values are better.
public enum SearchDirection: String, Codable, Sendable {
  case minimize, maximize

  /// True if a value is better than another.
  public func prefers(_ value: Double, to other: Double) -> Bool {
    self == .maximize ? value > other : value < other
  }
}

/// One set of values that is tried, or was.
public struct SearchTrial: Equatable, Sendable {
  /// How far a trial is, as in Optuna.
  public enum State: String, Sendable {
    case running, waiting, complete, pruned, failed

    /// True if nothing more happens to it.
    public var isFinished: Bool { self != .running && self != .waiting }
  }

  /// From 0 in the order of creation.
  public var number: Int
  public var state: State
  /// The numbers that stand for the values, by parameter.
  public var parameters: [String: Double]
  /// The distributions that the values were drawn from.
  public var distributions: SearchSpace
  /// What was reported, by step.
  public var reports: [Int: Double]
  /// The result; nil for a trial without one.
  public var value: Double?
  /// The value at the completion of each rung of successive halving.
  public var rungs: [Int: Double]

  public init(
    number: Int, state: State, parameters: [String: Double] = [:],
    distributions: SearchSpace = [:], reports: [Int: Double] = [:], value: Double? = nil,
    rungs: [Int: Double] = [:]
  ) {
    (self.number, self.state, self.value) = (number, state, value)
    (self.parameters, self.distributions) = (parameters, distributions)
    (self.reports, self.rungs) = (reports, rungs)
  }

  /// The last step with a report.
  public var lastStep: Int? { reports.keys.max() }

  /// The values by parameter.
  public var values: [String: SearchValue] {
    parameters.reduce(into: [:]) { values, parameter in
      values[parameter.key] = distributions[parameter.key]?.value(parameter.value)
    }
  }
}

extension [SearchTrial] {
  /// The complete trial with the best value; of several, the first.
  public func best(_ direction: SearchDirection) -> SearchTrial? {
    reduce(nil) { best, trial in
      guard trial.state == .complete, let value = trial.value, !value.isNaN else { return best }
      guard let old = best?.value else { return trial }
      return direction.prefers(value, to: old) ? trial : best
    }
  }
}
