import Engine
import Faces
import Media
import Records

/// A sheet of samples: a row of real ones, then a row per method.
struct LabeledDatasetSheet {
  let set: LabeledDataset

  /// Pictures in a row.
  static let columns = 8

  init(_ set: LabeledDataset) { self.set = set }

  /// The sheet's file; it holds fakes, so it is marked.
  func write(to path: String) throws {
    let rows = LabeledDatasetSheet.methods(of: set).map { method in
      let all = set.samples.filter { $0.method == method }
      let count = min(LabeledDatasetSheet.columns, all.count)
      let shown = (0..<count).map { all[$0 * all.count / count] }
      let images = ThreadPool.map(shown.count) { try? Image(reading: set.path(of: shown[$0])) }
      return ContactSheet.Row(method, images)
    }
    let name = set.path.split(separator: "/").last.map(String.init) ?? ""
    let title = "\(name): \(set.samples.count) samples, by method"
    let sheet = ContactSheet(title: title, rows: rows, cellSize: 128)
    let bytes = try sheet.drawn().encoded(as: .png, mark: .synthetic(at: path))
    try WholeFile.write(bytes, to: path)
  }

  /// The methods of a set: real first, then by name.
  static func methods(of set: LabeledDataset) -> [String] {
    let names = Set(set.samples.map(\.method))
    return (names.contains(Sample.real) ? [Sample.real] : [])
      + names.subtracting([Sample.real]).sorted()
  }
}
