import Detection
import Engine
import Faces
import Foundation
import Records

/// All that decides what a duel does, as `duel.json` keeps it.
struct DuelSettings: Codable, Equatable {
  var rounds: Int
  var repetitions: Int
  var seed: UInt64
  var replay: Double
  /// The set of external fakes, from the root; nil for none.
  var external: String?
  /// What the steps were fitted to; nil for the recipe's own.
  var minutes: Double?
  /// With the steps that are really done.
  var recipe: DuelRecipe
  /// Pairs that the user named; none where synthetic people play.
  var namedPairs: [[String]]
  /// Folders of synthetic people, as many as the pairs of a repetition need, one repetition after
  /// the other.
  var people: [String]

  /// Refuses to go on with a duel that was begun otherwise; more rounds and more repetitions are welcome,
  /// for they leave what there is as it is.
  func check(_ asked: DuelSettings, run: String) throws {
    let settings: [(String, has: String, asked: String)] = [
      ("--seed", "\(seed)", "\(asked.seed)"), ("--replay", "\(replay)", "\(asked.replay)"),
      ("--external", external ?? "none", asked.external ?? "none"),
      ("--minutes", minutes.map { "\($0)" } ?? "none", asked.minutes.map { "\($0)" } ?? "none"),
      ("--a", text(\.[0]), asked.text(\.[0])), ("--b", text(\.[1]), asked.text(\.[1])),
      (
        "--recipe", "as in duel.json",
        recipe == asked.recipe ? "as in duel.json" : "another recipe"
      ),
    ]
    for (setting, has, asked) in settings where has != asked {
      throw RecordsError.differentSetting(run: run, setting: setting, has: has, asked: asked)
    }
    guard rounds <= asked.rounds else {
      throw RecordsError.differentSetting(
        run: run, setting: "--rounds", has: "\(rounds)", asked: "\(asked.rounds)")
    }
    guard repetitions <= asked.repetitions else {
      throw RecordsError.differentSetting(
        run: run, setting: "--repetitions", has: "\(repetitions)", asked: "\(asked.repetitions)")
    }
  }

  /// The people of a repetition, from 0.
  func people(of repetition: Int) -> [String] {
    let needed = 2 * recipe.pairs.count
    return Array(people.dropFirst(repetition * needed).prefix(needed))
  }

  private func text(_ side: KeyPath<[String], String>) -> String {
    namedPairs.isEmpty ? "none" : namedPairs.map { $0[keyPath: side] }.joined(separator: " ")
  }
}

extension DuelSettings {
  /// What a request asks for, without people.
  ///
  /// - Parameter old: what there is of the duel already.
  init(_ request: DuelRequest, after old: DuelSettings?, in workspace: Workspace) throws {
    let usual = DuelRequest.usual
    let rounds = request.rounds ?? old?.rounds ?? usual.rounds
    let repetitions = request.repetitions ?? old?.repetitions ?? usual.repetitions
    let minutes = request.minutes ?? old?.minutes
    let recipe: DuelRecipe
    if let old, request.recipe == nil, minutes == old.minutes {
      recipe = old.recipe
    } else {
      let whole =
        try request.recipe.map { path in try DuelRecipe(reading: path) }
        ?? DuelRecipe()
      // Rounds and repetitions that are added leave the steps of the others as they are.
      let budget = DuelBudget(
        recipe: whole, rounds: old?.rounds ?? rounds, repetitions: old?.repetitions ?? repetitions)
      recipe =
        try minutes.map { minutes in try budget.fitted(to: minutes) } ?? whole
    }
    self.init(
      rounds: rounds, repetitions: repetitions, seed: request.seed ?? old?.seed ?? usual.seed,
      replay: request.replay ?? old?.replay ?? usual.replay,
      external: try request.external.map {
        try LabeledDataset.path(of: $0, workspace: workspace.path)
      } ?? old?.external,
      minutes: minutes, recipe: recipe, namedPairs: [], people: [])
  }
}

/// `duel.json`: what a duel is, and what of it is done.
struct DuelState: Codable, Equatable {
  /// Which command the run belongs to.
  var command = "duel"
  /// The program's version in the last session.
  var version = Program.version
  var settings: DuelSettings
  /// The keys of the steps that are done, in their order.
  var done: [String] = []
  /// How good each generator is, by the name of its run.
  var generators: [String: GeneratorMetrics] = [:]
  /// What classifiers that see no face get on the set of a detector, by the detector's run.
  var audits: [String: AuditReport] = [:]
  /// What was measured after each round, by the step's key.
  var tests: [String: DuelTest] = [:]
  /// How long each step took in all its sessions, by its key.
  var seconds: [String: Double]? = [:]

  /// The state at `path`; nil if there is none.
  static func read(at path: String) throws -> DuelState? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let state = try? JSONDecoder().decode(DuelState.self, from: data),
      state.command == "duel"
    else {
      throw RecordsError.unreadable(path: path, reason: "not the state of a duel")
    }
    return state
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }
}
