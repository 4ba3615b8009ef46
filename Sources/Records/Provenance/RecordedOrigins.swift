/// Where the files of a folder came from, as its ledger says.
public struct RecordedOrigins: Sendable {
  private let entries: [String: LedgerEntry]

  /// - Parameter folder: a folder that may have a ledger.
  public init(of folder: String) throws {
    let lines = try LedgerReading(of: "\(folder)/\(Ledger.name)")?.lines ?? []
    entries = Dictionary(
      lines.compactMap { line in line.hash.map { ($0, line) } }, uniquingKeysWith: { $1 })
  }

  /// False for the hash of a file that the ledger should list and does not.
  ///
  /// Without a ledger every hash is possible.
  public func mayHold(_ hash: String) -> Bool { entries.isEmpty || entries[hash] != nil }

  /// A copy of a file, with the origins of the original.
  ///
  /// - Parameters:
  ///   - path: the copy.
  ///   - hash: the SHA-256 of both.
  public func artifact(at path: String, hash: String) -> Artifact {
    let entry = entries[hash]
    return Artifact(
      path, hash: hash, making: entry?.making, from: (entry?.parents ?? []).map { .hash($0) },
      model: (entry?.model).map { .hash($0) })
  }
}
