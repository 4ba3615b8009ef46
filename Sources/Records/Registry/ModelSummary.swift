/// What a model does.
public enum ModelKind: String, Codable, Sendable {
  case swap, detector, other
}

/// A model of the workspace, as lists show it.
public struct ModelSummary: Encodable, Equatable, Sendable {
  /// The name of its folder in `Checkpoints`.
  public let name: String
  public let kind: ModelKind
  /// Which swap model or detector it is.
  public let architecture: String
  /// The program that wrote it.
  public let program: String?
  /// Its file, below the workspace, how long it is, and its SHA-256.
  public let path: String
  public let bytes: Int
  public let hash: String
  /// When it last changed, as in ISO 8601.
  public let changed: String
  /// The home of the run that has made it; nil where nobody knows.
  public let run: String?

  init(_ row: ModelRow, run: String?) {
    name = String(row.path.split(separator: "/").dropLast().last ?? "")
    (kind, architecture, program) = (row.kind, row.architecture, row.program)
    (path, bytes, hash) = (row.path, row.bytes, row.hash)
    (changed, self.run) = (row.changed, run)
  }
}
