import Detection
import Foundation
import Records

/// Held-out metrics in two columns, each a mean with its interval.
struct SwapMetrics: Codable, Equatable {
  /// The titles of the columns, such as "A" and "B".
  let columns: [String]
  let rows: [Row]
  /// The number of pictures of each column.
  let pictures: [Int]

  /// One metric.
  struct Row: Codable, Equatable {
    /// Its name and unit.
    let metric: String
    /// The number of decimals in reports.
    let digits: Int
    /// One per column; nil if not measured.
    let values: [MeanInterval?]
  }

  var table: ReportTable {
    ReportTable(
      ["metric"] + columns,
      rows.map { row in [row.metric] + row.values.map { SwapMetrics.text($0, row.digits) } }
        + [["pictures"] + pictures.map(String.init)])
  }

  /// A mean with its interval; a dash for none.
  static func text(_ value: MeanInterval?, _ digits: Int) -> String {
    guard let value else { return "–" }
    func text(_ value: Double) -> String { String(format: "%.\(digits)f", value) }
    return "\(text(value.mean)) (\(text(value.low)) to \(text(value.high)))"
  }
}
