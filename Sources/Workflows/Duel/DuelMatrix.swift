import Detection
import Foundation
import Records

/// The matrix of generators and detectors of a duel, as far as it is measured.
public struct DuelMatrix: Encodable, Equatable, Sendable {
  /// How well a detector tells a generator's fakes from real pictures.
  public struct Cell: Encodable, Equatable, Sendable {
    /// ROC AUC per frame; the mean over repetitions.
    public let value: Double
    /// The 95 % interval; nil if unknown.
    public let low, high: Double?
  }

  /// The titles of all rows and columns, also of rounds that are still to come.
  public let rows, columns: [String]
  /// Row by row; nil where nothing is measured yet.
  public let cells: [[Cell?]]
  /// The rounds that are done, and all.
  public let rounds, allRounds: Int
  /// How many repetitions there are.
  public let repetitions: Int

  /// The matrix of the duel in a folder; nil where there is none.
  public init?(reading folder: String) throws {
    guard let state = try DuelState.read(at: "\(folder)/duel.json") else { return nil }
    let results = try DuelResults.read(at: "\(folder)/results.json")
    self.init(state.settings, results)
  }

  init(_ settings: DuelSettings, _ results: DuelResults?) {
    let generators =
      (1...settings.rounds).flatMap(DuelGenerator.all(of:)) + [.reference]
      + (settings.external == nil ? [] : [.external])
    let detectors = [DuelDetector.reference] + (1...settings.rounds).map(DuelDetector.round)
    (rows, columns) = (generators.map(\.title), detectors.map(\.title))
    cells = generators.map { row in
      detectors.map { column in
        guard let estimate = results?[row, column], let value = estimate.value else { return nil }
        return Cell(value: value, low: estimate.interval?.low, high: estimate.interval?.high)
      }
    }
    (rounds, allRounds) = (results?.rounds ?? 0, settings.rounds)
    repetitions = settings.repetitions
  }
}

extension DuelDetector {
  /// The title of its column.
  fileprivate var title: String {
    switch self {
    case .reference: "reference detector"
    case .round(let round): "detector \(round)"
    }
  }
}
