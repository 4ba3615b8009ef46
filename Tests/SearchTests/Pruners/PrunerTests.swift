import Testing

@testable import Search

struct PrunerTests {
  /// Every decision of Optuna's pruners on forty trials, of which each is pruned when it says so.
  @Test(arguments: Golden.all?.pruning ?? [])
  func decisionsAreOptunas(_ golden: Golden.Pruning) throws {
    func whole(_ name: String) -> Int? { golden.arguments[name].map { Int($0) } }
    let percentile = PercentilePruner(
      percentile: golden.arguments["percentile"] ?? 50,
      startupTrials: whole("n_startup_trials") ?? 5, warmupSteps: whole("n_warmup_steps") ?? 0,
      intervalSteps: whole("interval_steps") ?? 1, leastReports: whole("n_min_trials") ?? 1)
    var halving = SuccessiveHalvingPruner(
      leastSteps: whole("min_resource"), reduction: whole("reduction_factor") ?? 4,
      skippedRungs: whole("min_early_stopping_rate") ?? 0,
      bootstrapTrials: whole("bootstrap_count") ?? 0)
    var trials: [SearchTrial] = []
    var prunedCount = 0
    for (number, reports) in golden.trials.enumerated() {
      var trial = SearchTrial(number: number, state: .running)
      for report in reports {
        trial.reports[Int(report[0].value)] = report[1].value
        var isPruned: Bool
        if golden.kind == "percentile" {
          isPruned = percentile.prunes(trial, among: trials + [trial], golden.direction)
        } else {
          let decision = halving.prunes(trial, among: trials + [trial], golden.direction)
          isPruned = decision.isPruned
          trial.rungs.merge(decision.rungs) { $1 }
        }
        #expect(
          isPruned == (report[2].value == 1), "trial \(number) at step \(report[0].value)")
        isPruned = report[2].value == 1
        trial.state = isPruned ? .pruned : .running
      }
      prunedCount += trial.state == .pruned ? 1 : 0
      if trial.state == .running { (trial.state, trial.value) = (.complete, 0) }
      trials.append(trial)
    }
    #expect(prunedCount > 0)
  }

  @Test func percentilesAreNumPys() {
    // >>> [float(numpy.percentile([3, 1, 4, 1, 5], p)) for p in (0, 10, 50, 62.5, 100)]
    let values = [0, 10, 50, 62.5, 100].map {
      PercentilePruner.percentile($0, of: [3, 1, 4, 1, 5, .nan])
    }
    #expect(values == [1, 1, 3, 3.5, 5])
    #expect(PercentilePruner.percentile(50, of: [.nan]) == nil)
  }

  @Test func hugeRungsAreNeverReached() {
    var pruner = SuccessiveHalvingPruner(leastSteps: 1 << 40, skippedRungs: 60)
    let trial = SearchTrial(number: 0, state: .running, reports: [Int.max: 1])
    #expect(!pruner.prunes(trial, among: [trial], .maximize).isPruned)
  }
}
