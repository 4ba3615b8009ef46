/// An artifact, as last recorded in the ledger.
struct FileRow: Codable, Equatable, Sendable {
  /// The run's folder.
  let run: String
  /// The path below the workspace, or from the root.
  let path: String
  /// Its SHA-256.
  let hash: String
  let bytes: Int?
}
