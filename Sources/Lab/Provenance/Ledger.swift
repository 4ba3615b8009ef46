import Foundation

/// The record of what a run made, which grows by whole lines, each holding the hash of the one before.
///
/// One process at a time may write it: the run's lock sees to that.
final class Ledger {
  /// What it is called in the run's folder.
  static let name = "ledger.jsonl"

  private let workspace: Workspace
  private let path: String
  private let file: FileHandle
  private var entries: Int
  private var head: String

  /// Opens the ledger of a run, or begins it; a torn last line is cut.
  init(of lab: String, in workspace: Workspace) throws {
    self.workspace = workspace
    path = "\(lab)/\(Ledger.name)"
    let old = try LedgerReading(of: path)
    entries = old?.lines.count ?? 0
    head = old?.head ?? ""
    if old == nil {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw LabError.unwritable(path: path, reason: "it cannot be made")
      }
    }
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw LabError.unwritable(path: path, reason: "it cannot be opened")
    }
    self.file = file
    if let old, old.isTorn { try file.truncate(atOffset: UInt64(old.wholeSize)) }
    try file.seekToEnd()
  }

  deinit { try? file.close() }

  /// Notes files that were made.
  ///
  /// - Parameters:
  ///   - files: where they are.
  ///   - making: how, in words.
  ///   - parents: the hashes of what they were made from.
  ///   - model: the hash of the model that made them.
  func note(
    _ files: [String], making: String, parents: [String] = [], model: String? = nil
  ) throws {
    var bytes: [UInt8] = []
    for file in files {
      var line = LedgerLine(entry: entries, previous: head)
      line.file = workspace.relative(file)
      line.hash = try FileHash.ofFile(file)
      line.parents = parents.isEmpty ? nil : parents
      (line.model, line.making) = (model, making)
      bytes += try add(line)
    }
    try write(bytes)
  }

  /// Signs all lines so far.
  func sign(with key: LabKey) throws {
    var line = LedgerLine(entry: entries, previous: head)
    line.key = key.identity
    line.signature = try key.signature(of: line.signedText)
    try write(try add(line))
    try file.synchronize()
  }

  private func add(_ line: LedgerLine) throws -> [UInt8] {
    let bytes = try line.json
    head = FileHash.of(bytes)
    entries += 1
    return bytes + [0x0A]
  }

  private func write(_ bytes: [UInt8]) throws {
    do {
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw LabError.unwritable(path: path, reason: RunFolder.reason(of: error))
    }
  }
}
