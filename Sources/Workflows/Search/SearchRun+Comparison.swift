import Detection
import Engine
import Foundation
import Records
import Search

extension SearchRun {
  /// A training at the end of a search, in `comparison.json`.
  private struct Repetition: Codable, Equatable {
    let isWinner: Bool
    let seed: UInt64
    /// The ROC AUC on the whole validation split; nil if the training failed.
    let value: Double?
  }

  /// Trains the winner and the default with seeds that no trial had, or those that are missing.
  ///
  /// - Parameter winner: the best values, and those that the recipe fixes.
  /// - Returns: nil if interrupted.
  func compare(
    _ winner: [String: SearchValue], _ data: SearchData
  ) throws -> SearchResults.Comparison? {
    let path = "\(folder.lab)/comparison.json"
    var done =
      try RunFolder.contents(of: path).flatMap {
        try? JSONDecoder().decode([Repetition].self, from: $0)
      } ?? []
    let seeds = (1...record.recipe.repetitions).map { record.recipe.seed &+ UInt64($0) }
    let count = 2 * seeds.count
    for seed in seeds {
      for isWinner in [true, false]
      where !done.contains(where: { $0.seed == seed && $0.isWinner == isWinner }) {
        report(
          .repeated(
            what: isWinner ? "winner" : "default", seed: seed, number: done.count + 1, of: count))
        let training = TrialTraining(record.recipe, data, interruption)
        let outcome = try training.train(isWinner ? winner : record.recipe.fixed, seed: seed)
        guard !interruption.isAsked else { return nil }
        done.append(
          Repetition(
            isWinner: isWinner, seed: seed,
            value: outcome.detector.map(training.areaUnderCurve)))
        try WholeFile.write(try JSONText.pretty(done), to: path)
      }
    }
    func value(_ seed: UInt64, _ isWinner: Bool) -> Double? {
      done.first { $0.seed == seed && $0.isWinner == isWinner }?.value
    }
    return SearchResults.Comparison(
      seeds: seeds, winner: seeds.map { value($0, true) }, usual: seeds.map { value($0, false) })
  }
}
