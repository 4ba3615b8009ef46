import Faces
import Foundation

/// The folder of a run, or of a set, that a report is asked of.
struct ReportedFolder {
  /// From the root, without a slash at the end.
  let path: String

  /// The files that a report rests on, by any of which a folder is known to have one.
  private static let marks = [
    "results.json", "explanation.json", "augment.json", LabeledDataset.manifestName, "extract.json",
    "synthesis.json", ConversionRecord.name,
  ]

  /// - Parameter name: a run's, a set's, or a folder; nil for the newest that has a report.
  init(_ name: String?, workspace: String?) throws {
    if let name, name.contains("/") || name == "." {
      guard Workspace.isFolder(name) else { throw LabError.noReport(name: name, nearest: nil) }
      path = Workspace.absolute(name)
      return
    }
    let workspace = try Workspace(named: workspace)
    let homes = [workspace.lab(of: ""), workspace.datasets(of: "")]
    let folders = try homes.flatMap { home in
      try RunFolder.names(in: home).filter { !$0.hasPrefix(".") }.map { home + $0 }
    }.filter(Workspace.isFolder)
    guard let name else {
      let dated = folders.compactMap { folder in
        ReportedFolder.date(of: folder).map { (folder: folder, date: $0) }
      }
      guard let newest = dated.max(by: { $0.date < $1.date }) else {
        throw LabError.noReport(name: nil, nearest: nil)
      }
      path = newest.folder
      return
    }
    let same = folders.filter { ($0 as NSString).lastPathComponent == name }
    // A run may have the name of a set that has nothing to say, and the other way round.
    guard let found = same.first(where: { ReportedFolder.date(of: $0) != nil }) ?? same.first else {
      let names = folders.map { ($0 as NSString).lastPathComponent }
      throw LabError.noReport(name: name, nearest: names.nearest(to: name))
    }
    path = found
  }

  /// When what the report rests on was last written; nil where there is nothing.
  private static func date(of folder: String) -> Date? {
    marks.compactMap { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return attributes?[.modificationDate] as? Date
    }.max()
  }
}
