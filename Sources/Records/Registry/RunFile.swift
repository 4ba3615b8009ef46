/// A file that a run has made, as its ledger last noted it.
public struct RunFile: Encodable, Equatable, Sendable {
  /// Below the workspace, or from the root.
  public let path: String
  /// Its SHA-256.
  public let hash: String
  public let bytes: Int?

  init(_ row: FileRow) { (path, hash, bytes) = (row.path, row.hash, row.bytes) }
}
