import Foundation

/// The folder of a run's record: its output folder, if that belongs to the workspace, or a folder
/// of its own in `Labs`.
public enum RunDirectory {
  /// The record's folder for an output anywhere.
  ///
  /// `Labs/COMMAND-NAME` for an output outside the workspace; a number distinguishes outputs of the
  /// same name.
  public static func of(_ result: String, by command: String, in workspace: Workspace) -> String {
    let path = Workspace.absolute(result)
    if isHome(workspace.relative(path)) && (Workspace.isFolder(path) || !FileKind.isThere(path)) {
      return path
    }
    let file = (path as NSString).lastPathComponent
    let stem = (file as NSString).deletingPathExtension
    let name = "\(command)-\(RunName.tamed(stem[...]))"
    let names = [name] + (2...999).map { "\(name)-\($0)" }
    let free = names.first { name in
      let record = try? RunRecord.read(in: workspace.lab(of: name))
      return record.map { $0.places.contains(workspace.relative(path)) }
        ?? !FileKind.isThere(workspace.lab(of: name))
    }
    return workspace.lab(of: free ?? name)
  }

  /// True for `Datasets/x`, `Labs/x/y` and similar paths.
  private static func isHome(_ relative: String) -> Bool {
    let parts = relative.split(separator: "/")
    return (2...3).contains(parts.count) && Workspace.parts.contains(String(parts[0]))
      && !relative.hasPrefix("/") && (relative as NSString).pathExtension.isEmpty
  }

  /// The record's folder, from the root, of the run that made a folder; nil if there is no record.
  static func making(_ folder: String, in workspace: Workspace) throws(RecordsError) -> String? {
    if try RunRecord.read(in: folder) != nil { return folder }
    let place = workspace.relative(folder)
    return try all(in: workspace).map { "\(workspace.path)/\($0)" }.first { home in
      // A damaged record is ignored.
      (try? RunRecord.read(in: home))?.places.contains(place) ?? false
    }
  }

  /// The folders of all runs, below the workspace: folders in `Labs` with any file of a run, and
  /// those in `Datasets` and `Checkpoints` with a record or a ledger.
  static func all(in workspace: Workspace) throws(RecordsError) -> [String] {
    var homes: [String] = []
    for part in Workspace.parts.sorted() {
      for name in try RunFolder.names(in: "\(workspace.path)/\(part)") where !name.hasPrefix(".") {
        let home = "\(part)/\(name)"
        let path = "\(workspace.path)/\(home)"
        let files = [RunRecord.name, Ledger.name] + (part == "Labs" ? ["settings.json"] : [])
        if files.contains(where: { FileKind.isThere("\(path)/\($0)") }) {
          homes.append(home)
        } else if Workspace.isFolder(path) {
          homes += try RunFolder.names(in: path).filter {
            FileKind.isThere("\(path)/\($0)/\(RunRecord.name)")
          }.map { "\(home)/\($0)" }
        }
      }
    }
    return homes
  }
}
