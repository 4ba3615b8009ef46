import Detection
import Engine
import Foundation

/// All that decides what a duel does, as `duel.json` keeps it.
struct DuelSettings: Codable, Equatable {
  var rounds: Int
  var seeds: Int
  var seed: UInt64
  var memory: Double
  /// The set of external fakes, from the root; nil for none.
  var external: String?
  /// What the steps were fitted to; nil for the recipe's own.
  var minutes: Double?
  /// With the steps that are really done.
  var recipe: DuelRecipe
  /// Pairs that the user named, or everyone who may be drawn.
  var couples: [[String]]
  var people: [String]

  /// Refuses to go on with a duel that was begun otherwise; more rounds and more seeds are welcome,
  /// for they leave what there is as it is.
  func check(_ asked: DuelSettings, run: String) throws(LabError) {
    let settings: [(String, has: String, asked: String)] = [
      ("--seed", "\(seed)", "\(asked.seed)"), ("--memory", "\(memory)", "\(asked.memory)"),
      ("--external", external ?? "none", asked.external ?? "none"),
      ("--minutes", minutes.map { "\($0)" } ?? "none", asked.minutes.map { "\($0)" } ?? "none"),
      ("--a", text(\.[0]), asked.text(\.[0])), ("--b", text(\.[1]), asked.text(\.[1])),
      (
        "the recipe", "that of its recipe.json",
        recipe == asked.recipe ? "that of its recipe.json" : "another one"
      ),
    ]
    for (setting, has, asked) in settings where has != asked {
      throw .differentSetting(run: run, setting: setting, has: has, asked: asked)
    }
    guard rounds <= asked.rounds else {
      throw .differentSetting(
        run: run, setting: "--rounds", has: "\(rounds)", asked: "\(asked.rounds)")
    }
    guard seeds <= asked.seeds else {
      throw .differentSetting(
        run: run, setting: "--seeds", has: "\(seeds)", asked: "\(asked.seeds)")
    }
  }

  private func text(_ side: KeyPath<[String], String>) -> String {
    couples.isEmpty ? "none" : couples.map { $0[keyPath: side] }.joined(separator: " ")
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
  var generators: [String: GeneratorFigures] = [:]
  /// What classifiers that see no face get on the set of a detector, by the detector's run.
  var audits: [String: AuditReport] = [:]
  /// What was measured after each round, by the step's key.
  var tests: [String: DuelTest] = [:]

  /// The state at `path`; nil if there is none.
  static func read(at path: String) throws(LabError) -> DuelState? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let state = try? JSONDecoder().decode(DuelState.self, from: data),
      state.command == "duel"
    else { throw .unreadable(path: path, reason: "it does not hold the state of a duel") }
    return state
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }
}

extension RunFolder {
  /// Where a duel stands.
  var duel: String { "\(lab)/duel.json" }
}
