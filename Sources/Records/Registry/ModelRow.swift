/// A model of the workspace, in the registry.
struct ModelRow: Codable, Equatable, Sendable {
  /// Its file, below the workspace.
  let path: String
  let kind: ModelKind
  /// The architecture of the swap model or detector.
  let architecture: String
  /// The program that wrote it.
  let program: String?
  let bytes: Int
  /// The file's SHA-256.
  let hash: String
  /// The time of its last change, in ISO 8601.
  let changed: String
  /// The stamp of the file when it was read.
  let stamp: String
}
