import Detection
import Engine
import Faces
import Foundation
import Records

/// The settings that determine a duel's results, stored in `duel.json`.
struct DuelSettings: Codable, Equatable {
  var rounds: Int
  var repetitions: Int
  var seed: UInt64
  var replay: Double
  /// The dataset of external fakes, from the root; nil for none.
  var external: String?
  /// The time that the steps were scaled to; nil for the recipe's steps.
  var minutes: Double?
  /// The recipe, with the scaled steps.
  var recipe: DuelRecipe
  /// The pairs given by the user; empty for synthetic people.
  var namedPairs: [[String]]
  /// The folders of synthetic people, by repetition: as many as a repetition's pairs need.
  var people: [String]

  /// Throws if a resumed duel was started with different settings; larger `--rounds` and
  /// `--repetitions` are accepted.
  func check(_ asked: DuelSettings, run: String) throws {
    try choices.requireSame(asked.choices, run: run)
    if recipe != asked.recipe {
      throw RecordsError.differentSetting(
        run: run, setting: "--recipe", has: "as in duel.json", asked: "another recipe")
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

  /// The settings that options set and that a duel keeps.
  private var choices: [SettingChoice] {
    [
      SettingChoice("--seed", "\(seed)"), SettingChoice("--replay", "\(replay)"),
      SettingChoice("--external", external ?? "none"),
      SettingChoice("--minutes", minutes.map { "\($0)" } ?? "none"),
      SettingChoice("--a", text(\.[0])), SettingChoice("--b", text(\.[1])),
    ]
  }

  /// The people of a repetition, counted from 0.
  func people(of repetition: Int) -> [String] {
    let needed = 2 * recipe.pairs.count
    return Array(people.dropFirst(repetition * needed).prefix(needed))
  }

  private func text(_ side: KeyPath<[String], String>) -> String {
    namedPairs.isEmpty ? "none" : namedPairs.map { $0[keyPath: side] }.joined(separator: " ")
  }
}

extension DuelSettings {
  /// The settings of a request, without people.
  ///
  /// - Parameter old: the settings of the duel to resume.
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
      // Added rounds and repetitions do not change the steps of the others.
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

/// `duel.json`: a duel's settings and progress.
struct DuelState: Codable, Equatable {
  /// The command of the run.
  var command = "duel"
  /// The version of dflab in the last session.
  var version = Program.version
  var settings: DuelSettings
  /// The keys of the completed steps, in order.
  var done: [String] = []
  /// The quality of each generator, by run.
  var generators: [String: GeneratorMetrics] = [:]
  /// The shortcut baselines on each detector's dataset, by the detector's run.
  var audits: [String: AuditReport] = [:]
  /// The test results after each round, by the step's key.
  var tests: [String: DuelTest] = [:]
  /// Seconds of each step over all its sessions, by key.
  var seconds: [String: Double]? = [:]

  /// The state at `path`; nil if there is no file.
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
