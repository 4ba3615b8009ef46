import Foundation

/// What this lab knows of a file.
public enum Verdict: Equatable, Sendable {
  /// The lab made it, and it is as it was made.
  case made(run: String, making: String, parents: [String], model: String?)
  /// The lab made a file of this name, with other bytes.
  case changed(run: String, file: String)
  /// No run knows it.
  case unknown
}

extension Workspace {
  /// Looks a file up in the ledgers of all runs, the newest first, by its hash and then by its name.
  public func verdict(on path: String) throws -> Verdict {
    let hash = try FileHash.ofFile(path)
    let name = relative(path)
    var changed: Verdict?
    for run in try RunFolder.names(in: "\(self.path)/Labs").reversed() {
      guard let ledger = try LedgerReading(of: "\(lab(of: run))/\(Ledger.name)") else { continue }
      if let line = ledger.lines.last(where: { $0.hash == hash }) {
        return .made(
          run: run, making: line.making ?? "", parents: line.parents ?? [], model: line.model)
      }
      if changed == nil, let line = ledger.lines.last(where: { $0.file == name }) {
        changed = .changed(run: run, file: line.file ?? name)
      }
    }
    return changed ?? .unknown
  }

  /// A path below the workspace, as ledgers and the registry name it; others stay as they are.
  func relative(_ path: String) -> String {
    let absolute = Workspace.absolute(path)
    return absolute.hasPrefix(self.path + "/")
      ? String(absolute.dropFirst(self.path.count + 1)) : absolute
  }

  /// The folder of the key and the registry.
  var hidden: String { "\(path)/.dflab" }
}
