public import Credentials
import Foundation

/// The provenance of a file.
public struct FileCheck: Encodable, Equatable, Sendable {
  /// The state of the file.
  public enum Verdict: String, Encodable, Sendable {
    /// An artifact of a run, unchanged.
    case unchanged
    /// An artifact of a run, with other bytes.
    case changed
    /// An artifact of a run that no longer exists.
    case missing
    /// Not in any ledger, or outside of a workspace.
    case unknown
  }

  /// A source of a file.
  public struct Parent: Encodable, Equatable, Sendable {
    /// Its SHA-256.
    public let hash: String
    /// The artifact with these bytes, and its run; nil for files from elsewhere.
    public let file, run: String?
  }

  /// The file, from the root.
  public let file: String
  public let verdict: Verdict
  /// The run that made it.
  public let run: String?
  /// Its name in the ledger.
  public let name: String?
  /// The command and method.
  public let making: String?
  public let parents: [Parent]
  public let model: Parent?
  /// The faults of the run's ledger; each a sentence.
  public let faults: [String]
  /// What the file's Content Credentials say; nil for a missing file.
  public let credentials: CredentialsReport?

  /// The check of a file that no ledger lists.
  init(unknown file: String, credentials: CredentialsReport?) {
    (self.file, self.credentials) = (file, credentials)
    verdict = .unknown
    (run, name, making, parents, model, faults) = (nil, nil, nil, [], nil, [])
  }

  /// - Parameter found: the line of the ledger.
  init(
    file: String, verdict: Verdict, run: String, line found: LedgerEntry, parents: [Parent],
    model: Parent?, faults: [String], credentials: CredentialsReport?
  ) {
    (self.file, self.verdict, self.run) = (file, verdict, run)
    (name, making) = (found.file, found.making)
    (self.parents, self.model, self.faults) = (parents, model, faults)
    self.credentials = credentials
  }

  /// The check of a file outside of any workspace, which has no ledgers.
  init(outside path: String) throws {
    let file = Workspace.absolute(path)
    self.init(unknown: file, credentials: try FileCheck.credentials(of: file, in: nil))
  }

  static func credentials(of file: String, in workspace: Workspace?) throws -> CredentialsReport {
    let signers = try CredentialsStore.trusted(by: workspace)
    do {
      return try CredentialsReport(ofFile: file, trusting: signers)
    } catch {
      throw RecordsError.unreadable(path: file, reason: RunFolder.reason(of: error))
    }
  }
}

extension Workspace {
  /// Looks up a file in the ledgers of all runs by hash, then by name; a missing file only by name.
  ///
  /// - Parameter registry: knows which ledgers to read; nil for all.
  public func check(file path: String, by registry: Registry? = nil) throws -> FileCheck {
    let file = Workspace.absolute(path)
    let hash = FileKind.isThere(file) ? try FileHash.ofFile(file) : nil
    let credentials = hash == nil ? nil : try FileCheck.credentials(of: file, in: self)
    let name = relative(file)
    let homes =
      try registry?.artifacts(at: name, hash: hash).map(\.run) ?? RunDirectory.all(in: self)
    let ledgers = try Set(homes).sorted().compactMap { home in
      try LedgerReading(of: "\(self.path)/\(home)/\(Ledger.name)").map { (home: home, ledger: $0) }
    }
    func last(_ isMeant: (LedgerEntry) -> Bool) -> (home: String, line: LedgerEntry, at: Int)? {
      for (at, entry) in ledgers.enumerated().reversed() {
        if let line = entry.ledger.lines.last(where: isMeant) { return (entry.home, line, at) }
      }
      return nil
    }
    // Models may be older than ledgers, or come from elsewhere; the registry knows them too.
    let models = (try? (registry ?? Registry(workspace: self.path)).models()) ?? []
    func parent(_ hash: String) -> FileCheck.Parent {
      if let known = try? registry?.artifacts(at: nil, hash: hash).last {
        return FileCheck.Parent(hash: hash, file: known.file.path, run: known.run)
      }
      let found = last { $0.hash == hash }
      let model = found == nil ? models.first { $0.hash == hash } : nil
      return FileCheck.Parent(
        hash: hash, file: found?.line.file ?? model?.path, run: found?.home ?? model?.run)
    }
    // Among copies, the one of this name comes first.
    let same = hash.flatMap { hash in
      last { $0.hash == hash && $0.file == name } ?? last { $0.hash == hash }
    }
    guard let found = same ?? last({ $0.file == name }) else {
      return FileCheck(unknown: file, credentials: credentials)
    }
    let record = try? RunRecord.read(in: "\(self.path)/\(found.home)")
    let faults = ledgers[found.at].ledger.faults(
      key: try LabKey.identity(of: self), recorded: record?.lines)
    return FileCheck(
      file: file, verdict: hash == nil ? .missing : same == nil ? .changed : .unchanged,
      run: found.home, line: found.line, parents: (found.line.parents ?? []).map(parent),
      model: found.line.model.map(parent), faults: faults.map(\.description),
      credentials: credentials)
  }
}
