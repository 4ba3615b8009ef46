import Foundation
import Records
import Workflows

/// Output of `dflab faces show` and `dflab faces sort`.
struct FaceSetReport {
  let summary: FaceSetSummary

  /// The default path of a contact sheet: next to the folder, which holds only face pictures.
  static func sheet(of folder: String, _ suffix: String) -> String {
    let url = URL(filePath: folder).standardizedFileURL
    return url.deletingLastPathComponent()
      .appending(path: "\(url.lastPathComponent)\(suffix).png").path(percentEncoded: false)
  }

  /// Prints warnings about unusable pictures.
  func warn() {
    let terminal = Terminal()
    for note in summary.notes.prefix(10) { terminal.warn(note) }
    if summary.notes.count > 10 { terminal.warn("and \(summary.notes.count - 10) more") }
  }

  /// One JSON object per line.
  func json(_ faces: [SummarizedFace]) throws -> String {
    try faces.map { String(decoding: try JSONText.line($0), as: UTF8.self) }
      .joined(separator: "\n")
  }

  /// Name and metric of each face.
  func lines(_ faces: [SummarizedFace], by key: FaceSortKey) -> String {
    let width = faces.map(\.name.count).max() ?? 0
    return faces.map { face in
      let gap = String(repeating: " ", count: width - face.name.count)
      return "\(face.name)\(gap)  \(face.text(of: key))"
    }.joined(separator: "\n")
  }

  /// Minimum, quartiles and maximum of each metric.
  var table: String {
    var rows = [["\(summary.faces.count) faces", "min", "25 %", "median", "75 %", "max"]]
    for key in FaceSortKey.allCases {
      let sorted = summary.sorted(by: key).filter { $0.value(of: key) != nil }.reversed().map(
        \.self)
      guard !sorted.isEmpty else { continue }
      rows.append(
        [key.rawValue]
          + (0...4).map { sorted[$0 * (sorted.count - 1) / 4].text(of: key) })
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + gap : gap + row[column]
      }.joined(separator: "  ")
    }
    let sources = Set(summary.faces.compactMap(\.source)).sorted()
    return (lines + sources.prefix(5).map { "source      \($0)" }).joined(separator: "\n")
  }
}
