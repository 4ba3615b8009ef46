import Foundation

/// What the workspace knows about a file or run.
public enum Verification: Equatable, Sendable {
  case file(FileCheck)
  case run(RunCheck)

  /// Checks a file, or all files of a run.
  ///
  /// - Parameters:
  ///   - name: a file, a run, or a run's folder.
  ///   - workspace: nil for the nearest one upwards from the file, or from the current folder; outside of
  ///     any, only the file's Content Credentials are checked.
  public init(of name: String, workspace: String?) throws {
    let isFile = FileKind.isThere(name) && !Workspace.isFolder(name)
    let near = isFile && workspace == nil ? try? Workspace(above: name) : nil
    if isFile, workspace == nil, near == nil, (try? Workspace(above: ".")) == nil {
      self = .file(try FileCheck(outside: name))
      return
    }
    let place = try near ?? Workspace(named: workspace)
    if isFile {
      self = .file(try place.check(file: name))
      return
    }
    let inside = Workspace.isFolder(name) ? place.relative(name) : name
    let homes = try RunDirectory.all(in: place)
    let home = homes.first { [inside, "Labs/\(inside)"].contains($0) }
    let ends = homes.filter { ($0 as NSString).lastPathComponent == inside }
    guard let home = home ?? (ends.count == 1 ? ends[0] : nil) else {
      let check = try place.check(file: name)
      guard check.verdict == .missing else { throw RecordsError.nothingToVerify(name: name) }
      self = .file(check)
      return
    }
    self = .run(try place.check(run: home))
  }
}
