import Foundation
import Workflows

/// What `dflab faces show` and `sort` print.
struct FaceSetReport {
  let survey: FaceSetSummary

  /// Where a set's sheet goes: beside the folder, which holds pictures of faces alone.
  static func sheet(of folder: String, _ suffix: String) -> String {
    let url = URL(filePath: folder).standardizedFileURL
    return url.deletingLastPathComponent()
      .appending(path: "\(url.lastPathComponent)\(suffix).png").path(percentEncoded: false)
  }

  /// Says what could not be used.
  func warn() {
    let terminal = Terminal()
    for note in survey.notes.prefix(10) { terminal.warn(note) }
    if survey.notes.count > 10 { terminal.warn("and \(survey.notes.count - 10) more") }
  }

  /// One JSON object a line.
  func json(_ faces: [SummarizedFace]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try faces.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
      .joined(separator: "\n")
  }

  /// Name and figure of each face.
  func lines(_ faces: [SummarizedFace], by key: SurveyKey) -> String {
    let width = faces.map(\.name.count).max() ?? 0
    return faces.map { face in
      let gap = String(repeating: " ", count: width - face.name.count)
      return "\(face.name)\(gap)  \(face.text(of: key))"
    }.joined(separator: "\n")
  }

  /// How the figures spread: the least, the quarters, the most.
  var table: String {
    var rows = [["\(survey.faces.count) faces", "least", "quarter", "middle", "quarter", "most"]]
    for key in SurveyKey.allCases {
      let sorted = survey.sorted(by: key).filter { $0.value(of: key) != nil }.reversed().map(\.self)
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
    let sources = Set(survey.faces.compactMap(\.source)).sorted()
    return (lines + sources.prefix(5).map { "from        \($0)" }).joined(separator: "\n")
  }
}
