/// A model of the workspace, as the registry knows it.
struct ModelRow: Codable, Equatable, Sendable {
  /// Its file, below the workspace.
  let path: String
  let kind: ModelKind
  /// Which swap model or detector it is.
  let architecture: String
  /// The program that wrote it.
  let program: String?
  let bytes: Int
  /// The file's SHA-256.
  let hash: String
  /// When it last changed, as in ISO 8601.
  let changed: String
  /// What the file was like when it was read.
  let stamp: String
}
