import Foundation

/// The hash chain of a run's artifacts, which grows by whole lines, each with the hash of the one
/// before.
///
/// One process at a time may write it, which the run's lock ensures.
public final class Ledger {
  /// The name in the run's folder.
  public static let name = "ledger.jsonl"

  private let path: String
  private let file: FileHandle
  /// The number of lines.
  private(set) var entries: Int
  private var head: String
  private var known: [String: String]
  private var isSigned: Bool

  /// Opens or creates the ledger of a run; a torn last line is removed.
  init(of home: String) throws {
    path = "\(home)/\(Ledger.name)"
    let old = try LedgerReading(of: path)
    entries = old?.lines.count ?? 0
    head = old?.head ?? ""
    known = old?.hashes ?? [:]
    isSigned = old?.lines.last?.signature != nil
    if old == nil {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw RecordsError.unwritable(path: path, reason: "cannot create the file")
      }
    }
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw RecordsError.unwritable(path: path, reason: "cannot open the file")
    }
    self.file = file
    if let old, old.isTorn { try file.truncate(atOffset: UInt64(old.wholeSize)) }
    try file.seekToEnd()
  }

  deinit { try? file.close() }

  /// Records artifacts, except those already recorded with the same bytes.
  ///
  /// - Parameter made: entries, whose number and chain are filled in here.
  func note(_ made: [LedgerEntry]) throws {
    var bytes: [UInt8] = []
    for var line in made {
      guard let file = line.file, known[file] != line.hash else { continue }
      known[file] = line.hash
      bytes += try add(&line)
      isSigned = false
    }
    if !bytes.isEmpty { try write(bytes) }
  }

  /// Signs all lines so far, unless they are already signed.
  func sign(with key: LabKey) throws {
    guard !isSigned else { return }
    var line = LedgerEntry(file: nil)
    (line.entry, line.previous) = (entries, head)
    line.key = key.identity
    line.signature = try key.signature(of: line.signedText)
    try write(try add(&line))
    try file.synchronize()
    isSigned = true
  }

  private func add(_ line: inout LedgerEntry) throws -> [UInt8] {
    (line.entry, line.previous) = (entries, head)
    let bytes = try line.json
    head = FileHash.of(bytes)
    entries += 1
    return bytes + [0x0A]
  }

  private func write(_ bytes: [UInt8]) throws {
    do {
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw RecordsError.unwritable(path: path, reason: RunFolder.reason(of: error))
    }
  }
}
