import Engine
import Foundation

/// Whether a run's artifacts are unchanged.
public struct RunCheck: Encodable, Equatable, Sendable {
  /// The run's folder.
  public let run: String
  /// The number of files in its ledger.
  public let files: Int
  /// Changed and missing files.
  public let changed, missing: [String]
  /// The faults of its record; each a sentence.
  public let faults: [String]

  /// True if everything is unchanged.
  public var isWhole: Bool { changed.isEmpty && missing.isEmpty && faults.isEmpty }
}

extension Workspace {
  /// Reads every file that a run has noted, spread over the thread pool, and its ledger.
  ///
  /// - Parameter home: the run's home, below the workspace.
  public func check(run home: String) throws -> RunCheck {
    let folder = "\(path)/\(home)"
    guard let ledger = try LedgerReading(of: "\(folder)/\(Ledger.name)") else {
      return RunCheck(
        run: home, files: 0, changed: [], missing: [],
        faults: ["The run has no ledger."])
    }
    let record = try? RunRecord.read(in: folder)
    let read = ledger.faults(key: try LabKey.identity(of: self), recorded: record?.lines)
    var faults = read.map(\.description)
    // A truncated ledger has earlier settings.
    let isCut = read.contains { if case .cut = $0 { true } else { false } }
    if !isCut, let settings = ledger.lines.last(where: { $0.settings != nil })?.settings,
      record?.settingsHash != settings
    {
      faults.append("The settings in run.json do not match the ledger.")
    }
    let noted = ledger.hashes.sorted { $0.key < $1.key }
    let now = ThreadPool.map(noted.count) { [path] index in
      let name = noted[index].key
      return try? FileHash.ofFile(name.hasPrefix("/") ? name : "\(path)/\(name)")
    }
    let pairs = zip(noted, now)
    return RunCheck(
      run: home, files: noted.count,
      changed: pairs.filter { $1 != nil && $1 != $0.value }.map(\.0.key),
      missing: pairs.filter { $1 == nil }.map(\.0.key), faults: faults)
  }
}
