import Credentials
import Engine
import Foundation

/// The open record of a run: its `run.json` and ledger, for one process.
public final class RunRecorder {
  let workspace: Workspace
  /// The folder of the record, from the root.
  let home: String
  private var record: RunRecord
  private let ledger: Ledger
  private let lock: RunLock
  private let settings: String
  private var noted: Set<String> = []
  private var hashes: [String: String] = [:]

  /// Opens the record of a run, and starts a session.
  init(_ record: RunRecord, at home: String, in workspace: Workspace, startsOver: Bool) throws {
    (self.record, self.home, self.workspace) = (record, home, workspace)
    settings = record.settingsHash ?? ""
    try RunFolder.make(home)
    lock = try RunLock(at: RunRecorder.lock(of: home)) { .folderInUse(path: home, process: $0) }
    if startsOver {
      for name in [RunRecord.name, Ledger.name] where FileKind.isThere("\(home)/\(name)") {
        try RunFolder.remove("\(home)/\(name)")
      }
    }
    let old = try RunRecord.read(in: home)
    self.record.sessions = old?.sessions ?? []
    self.record.sessions.append(RunRecord.Session())
    ledger = try Ledger(of: home)
    try self.record.write(in: home)
  }

  /// Opens the record of a finished run, to record later artifacts.
  ///
  /// Nil if there is no record, or if the ledger has a fault, which a new signature would hide.
  init?(ended home: String, in workspace: Workspace) throws {
    guard let record = try RunRecord.read(in: home),
      let old = try LedgerReading(of: "\(home)/\(Ledger.name)"),
      old.faults(key: try LabKey.identity(of: workspace), recorded: record.lines).isEmpty
    else { return nil }
    (self.record, self.home, self.workspace) = (record, home, workspace)
    settings = record.settingsHash ?? ""
    lock = try RunLock(at: RunRecorder.lock(of: home)) { .folderInUse(path: home, process: $0) }
    ledger = try Ledger(of: home)
  }

  /// The folder of the record, below the workspace.
  var name: String { workspace.relative(home) }

  /// The paths that the registry must check after a change: the record's folder and the outputs.
  var names: Set<String> { Set([name] + record.places) }

  /// The lock file of the recording process.
  public static func lock(of home: String) -> String { "\(home)/.recording" }

  /// Records existing files that are not yet recorded.
  func note(_ files: [Artifact]) throws {
    let news = files.filter { FileKind.isThere($0.path) && noted.insert($0.path).inserted }
    try hash(
      news.flatMap { file in
        (file.hash == nil ? [.file(file.path)] : []) + file.origins
          + [file.model].compactMap(\.self)
      })
    try ledger.note(news.map(line))
  }

  /// Records all other files in the run's outputs.
  func noteRest() throws {
    for place in record.places where !place.hasPrefix("/") {
      try note(try Artifact.all(below: "\(workspace.path)/\(place)"))
    }
    // Videos whose format holds no credentials have them beside.
    let paths = record.places.map { $0.hasPrefix("/") ? $0 : "\(workspace.path)/\($0)" }
    try note(
      paths.compactMap(SignedVideo.existingSidecar).map { Artifact($0, making: "credentials") })
  }

  /// Signs the ledger.
  func sign() throws { try ledger.sign(with: LabKey(of: workspace)) }

  /// Signs entries recorded after the run ended, and updates the number of ledger lines.
  func signAgain() throws {
    try sign()
    record.note(lines: ledger.entries)
    try record.write(in: home)
  }

  /// Records the outcome of the session and the number of ledger lines, which reveals truncation.
  func close(_ end: RunEnd, _ reason: String?) throws {
    record.end(end, reason, lines: ledger.entries)
    try record.write(in: home)
  }

  private func line(_ file: Artifact) -> LedgerEntry {
    var line = LedgerEntry(file: workspace.relative(file.path))
    line.hash = file.hash ?? hashes[file.path]
    line.bytes = RunRecorder.size(of: file.path)
    line.making = file.making.map { "\(record.command), \($0)" } ?? record.command
    let parents = file.origins.compactMap(known)
    line.parents = parents.isEmpty ? nil : parents
    line.model = file.model.flatMap(known)
    line.settings = settings
    return line
  }

  private func known(_ origin: Artifact.Origin) -> String? {
    switch origin {
    case .file(let path): hashes[path]
    case .hash(let hash): hash
    }
  }

  /// Reads the files among some origins that were not read before, spread over the thread pool.
  private func hash(_ origins: [Artifact.Origin]) throws {
    let files = Set(
      origins.compactMap { origin in
        if case .file(let path) = origin, hashes[path] == nil, FileKind.isThere(path) {
          path
        } else {
          nil
        }
      }
    ).sorted()
    let read = ThreadPool.map(files.count) { index in Result { try FileHash.ofFile(files[index]) } }
    for (file, hash) in zip(files, read) { hashes[file] = try hash.get() }
  }

  public static func size(of path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }
}
