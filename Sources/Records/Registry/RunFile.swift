/// An artifact, as last recorded in the ledger.
public struct RunFile: Encodable, Equatable, Sendable {
  /// The path below the workspace, or from the root.
  public let path: String
  /// Its SHA-256.
  public let hash: String
  public let bytes: Int?

  init(_ row: FileRow) { (path, hash, bytes) = (row.path, row.hash, row.bytes) }
}
