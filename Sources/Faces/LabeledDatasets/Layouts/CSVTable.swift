import Foundation

/// A table of comma-separated values with a line of column names (RFC 4180).
struct CSVTable {
  /// The names of the columns.
  let columns: [String]
  /// The rows, each as long as `columns`; empty lines are left out.
  let rows: [[String]]

  init(parsing data: Data) {
    var lines = CSVTable.lines(of: data).filter { $0 != [""] }
    columns = lines.isEmpty ? [] : lines.removeFirst().map { $0.trimmed }
    let count = columns.count
    rows = lines.map { line in
      Array((line + Array(repeating: "", count: max(0, count - line.count))).prefix(count))
    }
  }

  /// The place of the first of some columns that the table has.
  func column(_ names: String...) -> Int? {
    let own = columns.map { $0.lowercased() }
    return names.lazy.compactMap { own.firstIndex(of: $0) }.first
  }

  private static func lines(of data: Data) -> [[String]] {
    var bytes = data[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    var lines: [[String]] = []
    var line: [String] = []
    var value: [UInt8] = []
    var isQuoted = false
    func text() -> String { String(decoding: value, as: UTF8.self).trimmed }
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          value.append(byte)
          continue
        }
        // Two quotation marks stand for one.
        if place < bytes.endIndex, bytes[place] == byte {
          value.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), value.isEmpty {
        isQuoted = true
      } else if byte == UInt8(ascii: ",") {
        line.append(text())
        value = []
      } else if byte == UInt8(ascii: "\n") {
        lines.append(line + [text()])
        (line, value) = ([], [])
      } else {
        value.append(byte)
      }
    }
    if !value.isEmpty || !line.isEmpty { lines.append(line + [text()]) }
    return lines
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
