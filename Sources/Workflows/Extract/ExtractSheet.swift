import Engine
import Faces
import Foundation
import Media
import Records

/// A contact sheet of an extraction, by person.
struct ExtractSheet {
  private let folder: ExtractFolder

  /// Pictures per row, and the maximum number of rows.
  private static let (columns, most) = (8, 6)

  init(_ folder: ExtractFolder) { self.folder = folder }

  /// The faces by folder: those of each person, the largest first, or all of them.
  var sets: [FaceSet] {
    get throws(FacesError) {
      if FaceSet.isManifested(folder.path) { return [try FaceSet(reading: folder.path)] }
      var sets: [FaceSet] = []
      while FaceSet.isManifested(folder.person(sets.count)) {
        sets.append(try FaceSet(reading: folder.person(sets.count)))
      }
      return sets
    }
  }

  /// Draws faces evenly spread over the face set, with a row per person if people were tracked.
  ///
  /// Faces of unmarked pictures have no mark, and neither has a sheet of them.
  func write() throws {
    let sets = try sets
    let rows =
      sets.count > 1
      ? sets.prefix(ExtractSheet.most).enumerated().map { rank, set in
        ExtractSheet.row("identity \(rank + 1)", ExtractSheet.spread(set, ExtractSheet.columns))
      }
      : sets.prefix(1).flatMap { set in
        let shown = ExtractSheet.spread(set, ExtractSheet.columns * ExtractSheet.most)
        return stride(from: 0, to: shown.count, by: ExtractSheet.columns).map { first in
          ExtractSheet.row("", Array(shown[first..<min(first + ExtractSheet.columns, shown.count)]))
        }
      }
    let count = sets.reduce(0) { $0 + $1.lines.count }
    let sheet = ContactSheet(
      title: "\((folder.path as NSString).lastPathComponent): \(count) faces", rows: rows,
      cellSize: 128)
    let shown = sets.flatMap { ExtractSheet.spread($0, ExtractSheet.columns * ExtractSheet.most) }
    try WholeFile.write(
      try sheet.drawn().encoded(as: .png, mark: .showing(shown, at: folder.path)),
      to: "\(folder.path)/\(ExtractFolder.sheet)")
  }

  private static func spread(_ set: FaceSet, _ most: Int) -> [String] {
    let count = min(most, set.lines.count)
    return (0..<count).map { "\(set.path)/\(set.lines[$0 * set.lines.count / count].file)" }
  }

  private static func row(_ label: String, _ paths: [String]) -> ContactSheet.Row {
    ContactSheet.Row(label, ThreadPool.map(paths.count) { try? Image(reading: paths[$0]) })
  }
}
