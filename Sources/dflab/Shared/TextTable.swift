/// A table for a terminal; columns are as wide as their widest cell.
struct TextTable {
  private let rows: [[String]]
  private let right: Set<Int>

  /// - Parameters:
  ///   - head: the column names.
  ///   - right: the right-aligned columns.
  init(_ head: [String], _ rows: [[String]], right: Set<Int> = []) {
    self.rows = [head] + rows
    self.right = right
  }

  /// The lines, without trailing spaces.
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
