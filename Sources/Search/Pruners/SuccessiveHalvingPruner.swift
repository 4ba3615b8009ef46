/// Asynchronous successive halving (Li and others 2020): a trial that reaches a rung goes on only if it is
/// among the best there.
///
/// It decides as Optuna's `SuccessiveHalvingPruner`.
public struct SuccessiveHalvingPruner: Codable, Equatable, Sendable {
  /// The step of the first rung; nil for a hundredth of the longest complete trial, at least 1.
  public var leastSteps: Int?
  /// The factor between rungs; one in so many goes on.
  public var reduction = 4
  /// Rungs that are left out at the beginning.
  public var skippedRungs = 0
  /// Trials that must have reached a rung before one goes on.
  public var bootstrapTrials = 0

  public init(
    leastSteps: Int? = nil, reduction: Int = 4, skippedRungs: Int = 0, bootstrapTrials: Int = 0
  ) {
    precondition(reduction > 1 && skippedRungs >= 0 && bootstrapTrials >= 0)
    (self.leastSteps, self.reduction) = (leastSteps, reduction)
    (self.skippedRungs, self.bootstrapTrials) = (skippedRungs, bootstrapTrials)
  }

  /// Whether a trial should end after its last report, and its value at each rung that it has newly
  /// completed, which the storage keeps.
  ///
  /// The first step of rungs is estimated once.
  public mutating func prunes(
    _ trial: SearchTrial, among trials: [SearchTrial], _ direction: SearchDirection
  ) -> (isPruned: Bool, rungs: [Int: Double]) {
    var rungs: [Int: Double] = [:]
    guard let step = trial.lastStep, let value = trial.reports[step] else { return (false, rungs) }
    var rung = (0...).first { trial.rungs[$0] == nil } ?? 0
    if leastSteps == nil { leastSteps = SuccessiveHalvingPruner.leastSteps(of: trials) }
    guard let leastSteps else { return (false, rungs) }
    while true {
      guard let due = due(rung, leastSteps), step >= due else { return (false, rungs) }
      guard !value.isNaN else { return (true, rungs) }
      rungs[rung] = value
      let values =
        trials.filter { $0.number != trial.number }.compactMap { $0.rungs[rung] } + [value]
      guard values.count > bootstrapTrials, isPromoted(value, among: values, direction) else {
        return (true, rungs)
      }
      rung += 1
    }
  }

  /// The step of a rung; nil for one that no trial reaches.
  private func due(_ rung: Int, _ leastSteps: Int) -> Int? {
    var step = leastSteps
    for _ in 0..<skippedRungs + rung {
      let (next, overflows) = step.multipliedReportingOverflow(by: reduction)
      guard !overflows else { return nil }
      step = next
    }
    return step
  }

  private func isPromoted(
    _ value: Double, among values: [Double], _ direction: SearchDirection
  ) -> Bool {
    // Of fewer than `reduction` trials, the best goes on.
    let last = max(values.count / reduction - 1, 0)
    let sorted = values.sorted { direction.prefers($0, to: $1) }
    return !direction.prefers(sorted[last], to: value)
  }

  private static func leastSteps(of trials: [SearchTrial]) -> Int? {
    trials.filter { $0.state == .complete }.compactMap(\.lastStep).max().map { max($0 / 100, 1) }
  }
}
