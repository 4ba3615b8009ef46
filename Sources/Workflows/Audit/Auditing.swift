import Engine
import Foundation
public import Records

/// An audit, of which a page is written.
public protocol Auditing: Encodable, Sendable {
  /// The answers, in the order of the page.
  var findings: [AuditFinding] { get }
  /// The result in one sentence.
  var summary: String { get }
  /// The page for readers who have nothing but it.
  var page: ReportPage { get }
  /// What is audited: its folder, from the root.
  var folder: String { get }
}

extension Auditing {
  /// Writes the page, and `audit.json` beside it; returns the folder.
  ///
  /// - Parameter folder: nil for `Labs/audit-NAME` of the workspace.
  public func write(to folder: String?, workspace: String?) throws -> String {
    let target: String
    if let folder {
      target = Workspace.absolute(folder)
    } else {
      let name = "audit-\((self.folder as NSString).lastPathComponent)"
      let place = try Workspace.of(self.folder, named: workspace) ?? Workspace(named: workspace)
      target = place.lab(of: name)
    }
    try RunFolder.make(target)
    try WholeFile.write(try JSONText.pretty(self), to: "\(target)/audit.json")
    try page.write(to: target)
    return target
  }
}
