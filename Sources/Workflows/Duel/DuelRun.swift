import Detection
import Engine
import Faces
import Foundation
public import Records

/// Rounds of generator against detector.
///
/// In each round generators are trained, from the second on against the newest detector; a labeled
/// set is made of their swaps; a detector learns from it and from what is remembered of earlier
/// rounds; and every detector so far is tested on every generator so far, on people whom no detector
/// has learned from. Every step's product is an ordinary run, set or model, which resumes by itself.
public struct DuelRun {
  let folder: RunFolder
  let workspace: Workspace
  let interruption: Interruption
  let report: (DuelEvent) -> Void
  let allParticipants: [ParticipantSplit]
  var state: DuelState

  private let session: RunSession

  /// Runs the requested duel, or resumes it.
  ///
  /// - Parameters:
  ///   - interruption: asks the session to end early.
  ///   - report: is told what happens, on the calling thread.
  public static func run(
    _ request: DuelRequest, interruption: Interruption = Interruption(),
    report: @escaping (DuelEvent) -> Void = { _ in }
  ) throws -> DuelOutcome {
    do {
      var run = try DuelRun(request, interruption, report)
      return try run.session.perform { try run.work() }
    } catch is DuelInterrupted {
      let workspace = try Workspace(named: request.workspace)
      return DuelOutcome(
        run: request.name, lab: workspace.lab(of: request.name), done: 0, steps: 0, report: nil,
        results: nil)
    }
  }

  private init(
    _ request: DuelRequest, _ interruption: Interruption,
    _ report: @escaping (DuelEvent) -> Void
  ) throws {
    (self.interruption, self.report) = (interruption, report)
    workspace = try Workspace(named: request.workspace)
    folder = RunFolder(try RunName(request.name), in: workspace)
    let old = try DuelState.read(at: folder.duel)
    var settings = try DuelSettings(request, after: old?.settings, in: workspace)
    // What was named wrongly is refused before there is a folder.
    let named = try DuelParticipants(named: request, settings.recipe)
    settings.namedPairs = named?.namedPairs ?? old?.settings.namedPairs ?? []
    try old?.settings.check(settings, run: folder.name)
    if !settings.namedPairs.isEmpty { _ = try ParticipantSplit.all(of: settings, in: workspace) }
    session = try RunSession(folder, interruption)
    if settings.namedPairs.isEmpty {
      settings.people = try DuelParticipants(
        synthetic: settings, after: old?.settings.people ?? [], duel: folder.name, in: workspace,
        interruption: interruption, report: report
      ).people
    }
    allParticipants = try ParticipantSplit.all(of: settings, in: workspace)
    if let old {
      try StepOutputs(duel: folder.name, recipe: settings.recipe, workspace: workspace)
        .check(DuelStep.all(of: settings, allParticipants: allParticipants), done: Set(old.done))
    }
    state = old ?? DuelState(settings: settings)
    state.settings = settings
    state.version = Program.version
    try state.write(to: folder.duel)
    session.record(
      DuelRequest(settings, name: folder.name, recipe: recipe), at: folder.lab, in: workspace,
      settings: settings, seed: settings.seed,
      sources: settings.namedPairs.flatMap(\.self) + settings.people, places: [folder.lab])
  }

  /// The duel's own recipe.
  private var recipe: String { "\(folder.lab)/recipe.json" }

  private mutating func work() throws -> DuelOutcome {
    let steps = DuelStep.all(of: state.settings, allParticipants: allParticipants)
    func done() -> Int { steps.count { state.done.contains($0.key) } }
    report(.started(run: folder.name, folder: folder.lab, done: done(), of: steps.count))
    // For the reader: the steps take the recipe from the state.
    try WholeFile.write(try JSONText.pretty(state.settings.recipe), to: recipe)
    for (place, step) in steps.enumerated() where !state.done.contains(step.key) {
      guard !interruption.isAsked else { return outcome(done(), of: steps.count, nil) }
      report(.step(place + 1, of: steps.count, what: step.title))
      let start = ContinuousClock.now
      let result = Result { try session.steps { try perform(step) } }
      state.seconds?[step.key, default: 0] += start.duration(to: .now) / .seconds(1)
      if case .failure(is DuelInterrupted) = result {
        try state.write(to: folder.duel)
        return outcome(done(), of: steps.count, nil)
      }
      let said = try result.get()
      state.done.append(step.key)
      try state.write(to: folder.duel)
      if step.task == .test { _ = try conclude() }
      report(.finished(place + 1, of: steps.count, result: said))
    }
    return outcome(steps.count, of: steps.count, try conclude())
  }

  /// Writes the metrics and the page of what is done so far.
  private func conclude() throws -> DuelResults {
    let results = DuelResults(state, run: folder.name, allParticipants: allParticipants)
    try WholeFile.write(try JSONText.pretty(results), to: folder.results)
    try DuelReport(results, pictures: GeneratorComparisonSheet(of: self)).page().write(
      to: folder.lab)
    return results
  }

  private func outcome(_ done: Int, of steps: Int, _ results: DuelResults?) -> DuelOutcome {
    DuelOutcome(
      run: folder.name, lab: folder.lab, done: done, steps: steps,
      report: results == nil ? nil : folder.page, results: results)
  }

  /// Does a step, or goes on with it.
  ///
  /// - Returns: what came out, in words, if there is something to tell.
  private mutating func perform(_ step: DuelStep) throws -> String? {
    switch step.task {
    case .generator(let generator, let pair): return try train(generator, pair, step)
    case .part(let generator, let split):
      try make(split, of: generator, step)
      return nil
    case .joined(let detector):
      try join(detector, step)
      return nil
    case .detector(let detector): return try learn(detector, step)
    case .test: return try test(step)
    }
  }

  /// What the products of a step are called.
  func names(_ step: DuelStep) -> DuelNames {
    DuelNames(duel: folder.name, repetition: step.repetition)
  }

  /// A number that all chance of a part of a step follows from.
  ///
  /// - Parameter part: what it is for; the same for what must be alike but for one thing.
  func seed(_ step: DuelStep, round: Int, part: Int) -> UInt64 {
    var chance = RandomSource(seed: state.settings.seed).split(step.repetition).split(round).split(
      part)
    return chance.next() % 1_000_000_000
  }
}
