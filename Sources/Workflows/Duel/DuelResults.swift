public import Detection
import Faces
import Foundation
import Records

/// `results.json` of a duel: all figures, over all repetitions.
public struct DuelResults: Codable, Sendable {
  /// The run's name.
  public let run: String
  /// The program that wrote it.
  public let program: String
  /// The command that repeats it.
  public let command: String
  /// Rounds that are done, and repetitions that have done one at least.
  public let rounds: Int
  public let repetitions: Int
  /// The recipe, with the steps that were done.
  public let recipe: DuelRecipe
  /// The share of each earlier round that detectors were shown again.
  public let replay: Double
  /// What all chance follows from.
  public let seed: UInt64
  /// The set of external fakes, from the root; nil for none.
  public let external: String?
  /// Whether the user named the pairs, which then play in every repetition.
  public let isNamed: Bool
  /// Who plays which part, by repetition: folders by split.
  public let people: [[String: [String]]]
  /// Generators, controls and anchors: `g1`, `c2`, `reference`, `external`.
  public let rows: [String]
  /// Detectors: `reference`, then `d1` and so on.
  public let columns: [String]
  /// ROC AUC per frame, row by row.
  public let matrix: [[MetricEstimate]]
  /// The same on pictures that were encoded again.
  public let reencoded: [[MetricEstimate]]
  /// The share of fakes that are called fake, row by row; the mean over repetitions.
  public let recalls: [[Double?]]
  /// What happened in each round.
  public let story: [Round]

  /// What happened in one round.
  public struct Round: Codable, Sendable {
    /// From 1.
    public let round: Int
    /// What the round's own detector gets on its generator.
    public let own: MetricEstimate
    /// What the detector of the round before gets on the generator; nil in the first.
    public let before: MetricEstimate?
    /// What that detector gets on the control minus what it gets on the generator: above 0 where
    /// the generator has learned to evade.
    public let evasion: MetricEstimate?
    /// The same for the reference, which the generator never met.
    public let evasionOfReference: MetricEstimate?
    /// What the new detector gets minus what the old one gets, on the new generator.
    public let recovery: MetricEstimate?
    /// By earlier generator: what the new detector gets minus what that round's own got.
    public let retention: [String: MetricEstimate]
    /// What evading costs: generator minus control, the mean over test pairs.
    public let costs: [Cost]
    /// The generators of test pairs, and their controls, as they are.
    public let generators: [GeneratorMetrics]
    public let controls: [GeneratorMetrics]
    /// Shortcuts that are open in the set that the detector learned from, by repetition; nil where
    /// there was no audit.
    public let openShortcuts: [[String]?]
    /// ROC curves of the first repetition.
    public let curves: [DuelTest.Curve]
    /// How long the round took, over all repetitions, by what was done.
    public let seconds: [Work: Double]
  }

  /// A kind of steps.
  public enum Work: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case generators, controls, sets, detectors, tests
  }

  /// A figure of generators, and how it differs from the controls'.
  public struct Cost: Codable, Sendable {
    public let name: String
    /// The mean over test pairs.
    public let generator, control: Double
    /// That of the first round's generators, whom nobody has opposed yet.
    public let first: Double?
    /// Generator minus control.
    public let change: MetricEstimate
  }

  init(_ state: DuelState, run: String, casts: [ParticipantSplit]) {
    let settings = state.settings
    (self.run, program, replay) = (run, Program.name, settings.replay)
    (seed, external, isNamed) = (settings.seed, settings.external, !settings.couples.isEmpty)
    command = DuelResults.command(settings, run)
    recipe = settings.recipe
    repetitions = (0..<settings.repetitions).count { state.test($0, 1) != nil }
    people = casts.map { cast in
      Dictionary(
        uniqueKeysWithValues: Split.allCases.map { ($0.rawValue, cast.people(in: $0)) })
    }
    let done = (1...settings.rounds).prefix { round in
      (0..<settings.repetitions).contains { state.test($0, round) != nil }
    }
    rounds = done.count
    let (rows, columns) = (
      done.flatMap { $0 > 1 ? ["g\($0)", "c\($0)"] : ["g1"] } + ["reference"]
        + (settings.external == nil ? [] : ["external"]),
      ["reference"] + done.map { "d\($0)" }
    )
    (self.rows, self.columns) = (rows, columns)
    let cells = (0..<settings.repetitions).map { seed in
      Dictionary(
        done.flatMap { state.test(seed, $0)?.cells ?? [] }.map { ("\($0.row) \($0.column)", $0) },
        uniquingKeysWith: { $1 })
    }
    func figures(_ figure: (DuelTest.Cell) -> MetricEstimate) -> [[MetricEstimate]] {
      rows.map { row in
        columns.map { column in
          MetricEstimate.overSeeds(
            cells.compactMap { $0["\(row) \(column)"].map(figure) }, within: 0...1)
        }
      }
    }
    (matrix, reencoded) = (figures(\.auc), figures(\.reencoded))
    recalls = rows.map { row in
      columns.map { column in
        let values = cells.compactMap { $0["\(row) \(column)"]?.recall }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
    }
    let table = matrix
    story = done.map { round in
      Round(round, state, run, casts) { row, column in
        guard let line = rows.firstIndex(of: row), let place = columns.firstIndex(of: column)
        else { return nil }
        return table[line][place]
      }
    }
  }

  /// The figure of a row and a column.
  public subscript(row: String, column: String) -> MetricEstimate? {
    figure(in: matrix, row, column)
  }

  /// The figure of a row and a column on pictures that were encoded again.
  func reencodedFigure(_ row: String, _ column: String) -> MetricEstimate? {
    figure(in: reencoded, row, column)
  }

  private func figure(in table: [[MetricEstimate]], _ row: String, _ column: String)
    -> MetricEstimate?
  {
    guard let line = rows.firstIndex(of: row), let place = columns.firstIndex(of: column) else {
      return nil
    }
    return table[line][place]
  }

  private static func command(_ settings: DuelSettings, _ run: String) -> String {
    var words = ["dflab duel"]
    if !settings.couples.isEmpty {
      words.append(
        "--a \(settings.couples.map { ShellWord.quoted($0[0]) }.joined(separator: " "))")
      words.append(
        "--b \(settings.couples.map { ShellWord.quoted($0[1]) }.joined(separator: " "))")
    }
    words.append("--recipe Labs/\(run)/recipe.json --rounds \(settings.rounds)")
    words.append(
      "--repetitions \(settings.repetitions) --seed \(settings.seed) --replay \(settings.replay)")
    if let external = settings.external {
      words.append("--external \(ShellWord.quoted(external))")
    }
    return words.joined(separator: " ") + " --name \(run)-repeat"
  }

  /// The results at `path`; nil if there are none.
  static func read(at path: String) throws -> DuelResults? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let results = try? JSONDecoder().decode(DuelResults.self, from: data) else {
      throw RecordsError.unreadable(path: path, reason: "not the results of a duel")
    }
    return results
  }
}

extension DuelState {
  /// What was measured after a round of a repetition.
  func test(_ seed: Int, _ round: Int) -> DuelTest? {
    tests[DuelStep(seed: seed, round: round, task: .test).key]
  }
}
