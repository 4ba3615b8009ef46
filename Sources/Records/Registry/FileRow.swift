/// A file that a run has made, as its ledger last noted it.
struct FileRow: Codable, Equatable, Sendable {
  /// The run's home.
  let run: String
  /// Below the workspace, or from the root.
  let path: String
  /// Its SHA-256.
  let hash: String
  let bytes: Int?
}
