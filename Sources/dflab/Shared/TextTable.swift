/// A table for a terminal, its columns as wide as what is in them.
struct TextTable {
  private let rows: [[String]]
  private let right: Set<Int>

  /// - Parameters:
  ///   - head: what the columns are called.
  ///   - right: the columns of numbers, which end at one line.
  init(_ head: [String], _ rows: [[String]], right: Set<Int> = []) {
    self.rows = [head] + rows
    self.right = right
  }

  /// The lines, without spaces at their ends.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return right.contains(column) ? gap + row[column] : row[column] + gap
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}

/// A number of bytes as 12 kB, 3.4 MB, 5.6 GB.
func size(_ bytes: Int) -> String {
  let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB")]
  let (scale, unit) = units.first { Double(bytes) >= $0.0 } ?? (1e3, "kB")
  let number = Double(bytes) / scale
  return "\(decimals(number, number < 10 && scale > 1e3 ? 1 : 0)) \(unit)"
}

/// A time of ISO 8601 as 2026-11-21 21:30, in UTC; a dash for none.
func moment(_ time: String?) -> String {
  time.map { String($0.prefix(16)).replacing("T", with: " ") } ?? "-"
}
