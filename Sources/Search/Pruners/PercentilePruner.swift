import Foundation

/// Ends a trial whose best report so far is worse than a percentile of the complete trials' reports at
/// the same step; with 50, the median.
///
/// It decides as Optuna's `PercentilePruner`.
public struct PercentilePruner: Codable, Equatable, Sendable {
  /// The share of trials that are kept, 0…100.
  public var percentile = 50.0
  /// Complete trials before the first decision.
  public var startupTrials = 5
  /// Steps of a trial before the first decision.
  public var warmupSteps = 0
  /// Decisions are made at every so many steps after the warm-up.
  public var intervalSteps = 1
  /// Reports at the step that a decision needs.
  public var leastReports = 1

  public init(
    percentile: Double = 50, startupTrials: Int = 5, warmupSteps: Int = 0, intervalSteps: Int = 1,
    leastReports: Int = 1
  ) {
    precondition((0...100).contains(percentile) && intervalSteps > 0 && leastReports > 0)
    (self.percentile, self.startupTrials) = (percentile, startupTrials)
    (self.warmupSteps, self.intervalSteps) = (warmupSteps, intervalSteps)
    self.leastReports = leastReports
  }

  /// Whether a trial should end after its last report.
  public func prunes(
    _ trial: SearchTrial, among trials: [SearchTrial], _ direction: SearchDirection
  ) -> Bool {
    let complete = trials.filter { $0.state == .complete }
    guard !complete.isEmpty, complete.count >= startupTrials, let step = trial.lastStep,
      step >= warmupSteps, isDue(step, trial)
    else { return false }
    let own = trial.reports.values.filter { !$0.isNaN }
    guard let best = direction == .maximize ? own.max() : own.min() else { return true }
    let reports = complete.compactMap { $0.reports[step] }
    guard reports.count >= leastReports,
      let limit = PercentilePruner.percentile(
        direction == .maximize ? 100 - percentile : percentile, of: reports)
    else { return false }
    return direction.prefers(limit, to: best)
  }

  /// True at the first report since the last step at which decisions are made.
  private func isDue(_ step: Int, _ trial: SearchTrial) -> Bool {
    let due = (step - warmupSteps) / intervalSteps * intervalSteps + warmupSteps
    let before = trial.reports.keys.filter { $0 != step }.max() ?? -1
    return before < due
  }

  /// A percentile between sorted values, interpolated; nil if there are none but NaN.
  static func percentile(_ percentile: Double, of values: [Double]) -> Double? {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return nil }
    let place = percentile / 100 * Double(sorted.count - 1)
    let low = min(Int(place), sorted.count - 1)
    let high = min(low + 1, sorted.count - 1)
    let share = place - Double(low)
    guard share > 0, sorted[low] != sorted[high] else { return sorted[low] }
    let difference = sorted[high] - sorted[low]
    // As numpy does, from the nearer end.
    return share >= 0.5 ? sorted[high] - difference * (1 - share) : sorted[low] + difference * share
  }
}
