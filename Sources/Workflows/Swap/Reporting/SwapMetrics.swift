import Detection
import Foundation
import Records

/// Held-out figures of two things beside each other, each a mean with its interval.
struct SwapMetrics: Codable, Equatable {
  /// What is beside each other, such as "A" and "B".
  let columns: [String]
  let rows: [Row]
  /// How many pictures each column rests on.
  let pictures: [Int]

  /// One figure.
  struct Row: Codable, Equatable {
    /// Its name, and its unit.
    let figure: String
    /// How many decimals are told.
    let digits: Int
    /// One a column; nil where nothing was measured.
    let values: [MeanInterval?]
  }

  var table: ReportTable {
    ReportTable(
      [""] + columns,
      rows.map { row in [row.figure] + row.values.map { SwapMetrics.text($0, row.digits) } }
        + [["pictures"] + pictures.map(String.init)])
  }

  /// A mean and its interval; a dash for none.
  static func text(_ value: MeanInterval?, _ digits: Int) -> String {
    guard let value else { return "–" }
    func text(_ value: Double) -> String { String(format: "%.\(digits)f", value) }
    return "\(text(value.mean)) (\(text(value.low)) to \(text(value.high)))"
  }
}
