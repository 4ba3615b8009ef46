import Foundation

/// The folder of a run or dataset that has a report.
struct ReportedFolder {
  /// From the root, without a slash at the end.
  let path: String

  /// - Parameters:
  ///   - name: a run's, a set's, or a folder; nil for the newest that has a report.
  ///   - marks: the files that reports rest on, by any of which a folder is known to have one.
  init(_ name: String?, workspace: String?, marks: [String]) throws {
    if let name, name.contains("/") || name == "." {
      guard Workspace.isFolder(name) else { throw RecordsError.noReport(name: name, nearest: nil) }
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
        ReportedFolder.date(of: folder, marks).map { (folder: folder, date: $0) }
      }
      guard let newest = dated.max(by: { $0.date < $1.date }) else {
        throw RecordsError.noReport(name: nil, nearest: nil)
      }
      path = newest.folder
      return
    }
    let same = folders.filter { ($0 as NSString).lastPathComponent == name }
    // A run and a dataset may have the same name, and only one of them a report.
    guard let found = same.first(where: { ReportedFolder.date(of: $0, marks) != nil }) ?? same.first
    else {
      let names = folders.map { ($0 as NSString).lastPathComponent }
      throw RecordsError.noReport(name: name, nearest: names.nearest(to: name))
    }
    path = found
  }

  /// The time when the report's input was last written; nil if there is none.
  private static func date(of folder: String, _ marks: [String]) -> Date? {
    marks.compactMap { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return attributes?[.modificationDate] as? Date
    }.max()
  }
}
