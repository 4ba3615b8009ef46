public import Faces
import Foundation

/// A CSV file of features: the class first, 0 for real and 1 for fake, then the features.
public struct FeatureTable: Equatable, Sendable {
  public let labels: [Label]
  public let features: FeatureMatrix

  /// The maximum size of a file, in bytes.
  public static let longestFile = 1 << 26
  /// The maximum number of columns.
  public static let mostColumns = 100_000

  /// Reads a whole file; a header line and empty lines at the end are skipped.
  public init(reading path: String) throws(DetectionError) {
    guard let file = FileHandle(forReadingAtPath: path),
      let bytes = try? file.read(upToCount: FeatureTable.longestFile + 1) ?? Data()
    else {
      let exists = FileManager.default.fileExists(atPath: path)
      throw .unreadableTable(
        path: path, reason: exists ? "not a readable file" : "no such file")
    }
    guard bytes.count <= FeatureTable.longestFile else {
      throw .unreadableTable(
        path: path, reason: "it is longer than \(FeatureTable.longestFile) bytes")
    }
    guard let text = String(data: bytes, encoding: .utf8) else {
      throw .unreadableTable(path: path, reason: "it is not UTF-8 text")
    }
    try self.init(text: text, path: path)
  }

  /// - Parameter path: the path, for error messages.
  init(text: String, path: String) throws(DetectionError) {
    var labels: [Label] = []
    var values: [Double] = []
    var columns: Int?
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = line.trimmed
      if line.isEmpty { continue }
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      if index == 0, cells.allSatisfy({ Double($0.trimmed) == nil }) { continue }
      func broken(_ reason: String) -> DetectionError {
        .brokenTable(path: path, line: index + 1, reason: reason)
      }
      guard cells.count <= FeatureTable.mostColumns else {
        throw broken(
          "\(cells.count) values; the maximum is \(FeatureTable.mostColumns)")
      }
      guard cells.count >= 2 else { throw broken("no features") }
      let expected = columns ?? cells.count
      columns = expected
      guard cells.count == expected else {
        throw broken("\(cells.count) values instead of \(expected)")
      }
      guard let first = Double(cells[0].trimmed),
        let label = Label(rawValue: Int(exactly: first) ?? -1)
      else { throw broken("the label is '\(cells[0].trimmed.prefix(20))', not 0 or 1") }
      labels.append(label)
      for (column, cell) in cells.enumerated().dropFirst() {
        guard let value = Double(cell.trimmed), value.isFinite else {
          throw broken(
            "'\(cell.trimmed.prefix(20))' in column \(column + 1) is not a finite number")
        }
        values.append(value)
      }
    }
    guard let columns else { throw .unreadableTable(path: path, reason: "it has no samples") }
    self.labels = labels
    features = FeatureMatrix(columns: columns - 1, values: values)
  }
}

extension Substring {
  /// Without spaces, tabs and carriage returns at both ends.
  fileprivate var trimmed: Substring {
    var part = self
    while let first = part.first, first.isWhitespace { part.removeFirst() }
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return part
  }
}
