import Detection
import Workflows

/// The matrix of a duel, and who won each round, as lines of a terminal.
struct DuelSummary {
  let lines: [String]

  init(_ results: DuelResults) {
    func cells(_ texts: [String]) -> String {
      texts.map { $0 + String(repeating: " ", count: max(1, 11 - $0.count)) }.joined()
    }
    let matrix = zip(results.rows, results.matrix).map { row, figures in
      cells([row] + figures.map { $0.value.map { decimals($0, 3) } ?? "–" })
    }
    lines =
      ["ROC AUC on test people: fakes by row, detectors by column", cells([""] + results.columns)]
      + matrix + results.verdicts
  }
}
