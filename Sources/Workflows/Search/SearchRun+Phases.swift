import Detection
import Engine
import Faces
import Foundation
import Records
import Search

extension SearchRun {
  /// The note of an Optuna study in which the phase's fixed values are listed.
  private static let fixedNote = "fixed"

  /// Carries out a phase, or what is left of it.
  func search(
    _ phase: SearchPhase, _ index: Int, _ state: inout SearchState, _ data: SearchData
  ) throws {
    var space = phase.narrowed.map(state.narrowed) ?? [:]
    space.merge(try record.recipe.space(of: phase)) { $1 }
    let fixed = state.values.filter { space[$0.key] == nil }
    let study = try storage.study(
      named: phase.name, .maximize,
      notes: [
        SearchRun.fixedNote: fixed.sorted { $0.key < $1.key }
          .map { "\($0.key) \($0.value)" }.joined(separator: ", "),
        "detector": record.recipe.detector, "program": Program.name,
      ])
    // The run's lock is ours: whatever runs there has been abandoned.
    try storage.repeatRunning(in: study, reason: "its process ended") { _ in true }
    var trials = try storage.trials(of: study)
    report(
      .phase(
        name: phase.name, done: trials.counted.count { $0.trial.state.isFinished },
        of: phase.trials))
    var pruner = TrialPruner(record.recipe.pruner)
    while !interruption.isAsked {
      let random = RandomSource(seed: record.recipe.seed).split(index)
      let begun = try storage.begin(in: study, most: phase.trials, notes: [:]) { trials in
        // Trials that were interrupted and are repeated do not count, so that the same values follow.
        let trials = trials.counted
        var source = random.split(trials.count)
        return (
          space,
          suggestion(
            after: trials.map(\.trial), in: space, current: state.values, using: &source)
        )
      }
      guard let begun else { break }
      try perform(begun, of: phase, study, fixed: fixed, &pruner, data)
      trials = try storage.trials(of: study)
      try refuseFailures(trials, of: phase)
    }
    guard !interruption.isAsked else { return }
    guard let best = trials.map(\.trial).best(.maximize) else {
      throw WorkflowError.failedTrials(
        phase: phase.name, count: trials.count,
        reason: trials.last?.notes[StudyTrial.Note.reason] ?? "none is complete")
    }
    var source = RandomSource(seed: record.recipe.seed).split(index).split(-1)
    let importances = FunctionalVariance().importances(
      of: trials.map(\.trial), in: space, using: &source)
    state.add(
      SearchResults.Phase(
        name: phase.name, ranges: space.mapValues(\.text),
        trials: trials.counted.map { SearchResults.Trial($0) }, importances: importances,
        best: best.number), best: best, in: space, isNarrowed: phase.narrowed != nil)
  }

  /// The first trial of a phase has the values so far, which later ones are to better.
  private func suggestion(
    after trials: [SearchTrial], in space: SearchSpace, current: [String: SearchValue],
    using source: inout RandomSource
  ) -> [String: Double] {
    if trials.isEmpty {
      let network = record.recipe.network
      let numbers = space.reduce(into: [String: Double]()) { numbers, parameter in
        let value = current[parameter.key] ?? SearchParameter.named(parameter.key)?.usual(network)
        numbers[parameter.key] = value.flatMap(parameter.value.number)
      }
      if numbers.count == space.count { return numbers }
    }
    guard record.recipe.sampler.kind == "tpe" else {
      return RandomSampler().suggestion(in: space, using: &source)
    }
    return TreeParzenSampler(startupTrials: record.recipe.sampler.startupTrials).suggestion(
      after: trials, .maximize, in: space, using: &source)
  }

  /// Trains a trial, and writes down what comes of it.
  private func perform(
    _ begun: StudyTrial, of phase: SearchPhase, _ study: Int64,
    fixed: [String: SearchValue], _ pruner: inout TrialPruner, _ data: SearchData
  ) throws {
    let values = begun.trial.values
    let number = begun.trial.number
    report(
      .trial(
        number: number, of: phase.trials,
        values: values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          .joined(separator: ", ")))
    // Trials differ by their values alone, not by the seed.
    let box = PrunerBox(pruner)
    let outcome = try TrialTraining(record.recipe, data, interruption).train(
      fixed.merging(values) { $1 }, seed: record.recipe.seed
    ) { step, value in
      report(
        .reported(number: number, report: step, of: record.recipe.validations, value: value))
      try storage.report(value, at: step, of: begun.id)
      let trials = try storage.trials(of: study).map(\.trial)
      guard let own = trials.first(where: { $0.number == number }) else { return false }
      let decision = box.pruner.prunes(own, among: trials)
      if !decision.rungs.isEmpty {
        try storage.report(value, at: step, rungs: decision.rungs, of: begun.id)
      }
      return decision.isPruned
    }
    pruner = box.pruner
    if interruption.isAsked {
      try storage.repeatRunning(in: study, reason: "interrupted") { $0.id == begun.id }
      return
    }
    let isFailed = outcome.reason != nil || outcome.best == nil
    let ended: SearchTrial.State =
      isFailed ? .failed : outcome.isPruned ? .pruned : .complete
    var notes = [StudyTrial.Note.seconds: NumberText.fixed(outcome.seconds, 2)]
    notes[StudyTrial.Note.reason] = outcome.reason
    try storage.end(
      begun.id, as: ended, value: ended == .complete ? outcome.best : nil, notes: notes)
    let best = try storage.trials(of: study).map(\.trial).best(.maximize)?.value
    report(.ended(number: number, state: ended.rawValue, value: outcome.best, best: best))
  }

  /// Ends a search in which nothing succeeds.
  private func refuseFailures(_ trials: [StudyTrial], of phase: SearchPhase) throws {
    let finished = trials.counted.filter(\.trial.state.isFinished)
    guard finished.count >= min(10, phase.trials),
      finished.allSatisfy({ $0.trial.state == .failed })
    else { return }
    throw WorkflowError.failedTrials(
      phase: phase.name, count: finished.count,
      reason: finished.last?.notes[StudyTrial.Note.reason] ?? "unknown")
  }
}

/// The pruner of a recipe.
struct TrialPruner {
  private let median: PercentilePruner?
  private var halving: SuccessiveHalvingPruner?

  init(_ recipe: SearchRecipe.Pruner) {
    median =
      recipe.kind == "median"
      ? PercentilePruner(startupTrials: recipe.startupTrials, warmupSteps: recipe.warmupReports)
      : nil
    halving = recipe.kind == "halving" ? SuccessiveHalvingPruner(reduction: recipe.reduction) : nil
  }

  /// Whether a trial should end after its last report, and which rungs it has completed.
  mutating func prunes(
    _ trial: SearchTrial, among trials: [SearchTrial]
  ) -> (isPruned: Bool, rungs: [Int: Double]) {
    if let median { return (median.prunes(trial, among: trials, .maximize), [:]) }
    return halving?.prunes(trial, among: trials, .maximize) ?? (false, [:])
  }
}

/// A pruner whose estimate a training's reports may change.
private final class PrunerBox {
  var pruner: TrialPruner
  init(_ pruner: TrialPruner) { self.pruner = pruner }
}

extension SearchResults.Trial {
  /// A trial of a storage.
  init(_ stored: StudyTrial) {
    let trial = stored.trial
    number = trial.number
    state = trial.state.rawValue
    report = trial.lastStep
    value = (trial.value ?? trial.lastStep.flatMap { trial.reports[$0] })
      .flatMap { $0.isFinite ? $0 : nil }
    values = trial.values.mapValues(\.text)
    places = trial.parameters.reduce(into: [:]) { places, parameter in
      places[parameter.key] = trial.distributions[parameter.key]?.place(of: parameter.value)
    }
    seconds = stored.notes[StudyTrial.Note.seconds].flatMap { Double($0) }
    reason = stored.notes[StudyTrial.Note.reason]
  }
}
