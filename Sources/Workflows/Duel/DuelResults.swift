public import Detection
import Faces
import Foundation
import Records

/// `results.json` of a duel: all metrics, over all repetitions.
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
  /// The share of each earlier round that is replayed to detectors.
  public let replay: Double
  /// The random seed.
  public let seed: UInt64
  /// The set of external fakes, from the root; nil for none.
  public let external: String?
  /// Whether the user named the pairs, which every repetition then uses.
  public let isNamed: Bool
  /// The participants of each repetition: folders by split.
  public let people: [[String: [String]]]
  /// Generators, controls and anchors.
  public let rows: [DuelGenerator]
  /// The reference detector, then those of the rounds.
  public let columns: [DuelDetector]
  /// ROC AUC per frame, row by row.
  public let matrix: [[MetricEstimate]]
  /// The same after re-encoding.
  public let reencoded: [[MetricEstimate]]
  /// Recall, row by row; the mean over repetitions.
  public let recalls: [[Double?]]
  /// The metrics of each round.
  public let roundResults: [Round]

  /// The metrics of one round.
  public struct Round: Codable, Sendable {
    /// From 1.
    public let round: Int
    /// ROC AUC of the round's detector on its generator.
    public let auc: MetricEstimate
    /// ROC AUC of the previous round's detector on it; nil in the first round.
    public let previousAUC: MetricEstimate?
    /// ROC AUC of that detector on the control minus that on the generator: above 0 where the
    /// generator evades it.
    public let evasion: MetricEstimate?
    /// The same for the reference detector.
    public let referenceEvasion: MetricEstimate?
    /// ROC AUC of the round's detector minus that of the previous one, on the round's generator.
    public let recovery: MetricEstimate?
    /// By earlier generator: ROC AUC of the round's detector minus that of the generator's own round.
    public let retention: [DuelGenerator: MetricEstimate]
    /// The cost of evasion: generator minus control, the mean over test pairs.
    public let costs: [Cost]
    /// The generators of test pairs, and their controls.
    public let generators: [GeneratorMetrics]
    public let controls: [GeneratorMetrics]
    /// Shortcut baselines that predict the labels of the detector's dataset, by repetition; nil
    /// without an audit.
    public let leaks: [[String]?]
    /// ROC curves of the first repetition.
    public let curves: [DuelTest.Curve]
    /// The seconds of the round, over all repetitions, by kind of step.
    public let seconds: [Work: Double]
  }

  /// A kind of steps.
  public enum Work: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case generators, controls, datasets, detectors, tests
  }

  /// A metric of generators, and how it differs from the controls'.
  public struct Cost: Codable, Sendable {
    public let name: String
    /// The mean over test pairs.
    public let generator, control: Double
    /// The mean of the first round's generators, trained without an adversary.
    public let firstRound: Double?
    /// Generator minus control.
    public let change: MetricEstimate
  }

  init(_ state: DuelState, run: String, allParticipants: [ParticipantSplit]) {
    let settings = state.settings
    (self.run, program, replay) = (run, Program.name, settings.replay)
    (seed, external, isNamed) = (settings.seed, settings.external, !settings.namedPairs.isEmpty)
    command = DuelRequest(settings, name: "\(run)-repeat", recipe: "Labs/\(run)/recipe.json")
      .shown()
    recipe = settings.recipe
    repetitions = (0..<settings.repetitions).count { state.test($0, 1) != nil }
    people = allParticipants.map { participants in
      Dictionary(
        uniqueKeysWithValues: Split.allCases.map { ($0.rawValue, participants.people(in: $0)) })
    }
    let done = (1...settings.rounds).prefix { round in
      (0..<settings.repetitions).contains { state.test($0, round) != nil }
    }
    rounds = done.count
    let (rows, columns) = (
      done.flatMap(DuelGenerator.all(of:))
        + (settings.external == nil ? [.reference] : [.reference, .external]),
      [DuelDetector.reference] + done.map(DuelDetector.round)
    )
    (self.rows, self.columns) = (rows, columns)
    let cells = (0..<settings.repetitions).map { repetition in
      Dictionary(
        done.flatMap { state.test(repetition, $0)?.cells ?? [] }.map {
          (DuelCell($0.row, $0.column), $0)
        }, uniquingKeysWith: { $1 })
    }
    func metrics(_ estimate: (DuelTest.Cell) -> MetricEstimate) -> [[MetricEstimate]] {
      rows.map { row in
        columns.map { column in
          MetricEstimate.overRepetitions(
            cells.compactMap { $0[DuelCell(row, column)].map(estimate) }, within: 0...1)
        }
      }
    }
    (matrix, reencoded) = (metrics(\.auc), metrics(\.reencoded))
    recalls = rows.map { row in
      columns.map { column in
        let values = cells.compactMap { $0[DuelCell(row, column)]?.recall }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
    }
    let table = matrix
    roundResults = done.map { round in
      Round(round, state, run, allParticipants) { cell in
        guard let line = rows.firstIndex(of: cell.row),
          let place = columns.firstIndex(of: cell.column)
        else { return nil }
        return table[line][place]
      }
    }
  }

  /// ROC AUC of a row and a column.
  public subscript(row: DuelGenerator, column: DuelDetector) -> MetricEstimate? {
    estimate(in: matrix, row, column)
  }

  /// ROC AUC of a row and a column after re-encoding.
  func reencodedMetric(_ row: DuelGenerator, _ column: DuelDetector) -> MetricEstimate? {
    estimate(in: reencoded, row, column)
  }

  private func estimate(
    in table: [[MetricEstimate]], _ row: DuelGenerator, _ column: DuelDetector
  ) -> MetricEstimate? {
    guard let line = rows.firstIndex(of: row), let place = columns.firstIndex(of: column) else {
      return nil
    }
    return table[line][place]
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
  func test(_ repetition: Int, _ round: Int) -> DuelTest? {
    tests[DuelStep(repetition: repetition, round: round, task: .test).key]
  }
}
