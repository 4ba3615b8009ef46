/// The kind of a model.
public enum ModelKind: String, Codable, Sendable {
  case swap, detector
  /// A network that has learned something else, for detectors to begin with.
  case pretrained
  /// Autoencoders of pictures, for forgeries.
  case autoencoders
  /// A network that tells how far eyes are closed, for a detector.
  case eyes
  case other
}

/// A model of the workspace, in lists.
public struct ModelSummary: Encodable, Equatable, Sendable {
  /// The name of its folder in `Checkpoints`.
  public let name: String
  public let kind: ModelKind
  /// The architecture of the swap model or detector.
  public let architecture: String
  /// The program that wrote it.
  public let program: String?
  /// Its file, below the workspace, its size, and its SHA-256.
  public let path: String
  public let bytes: Int
  public let hash: String
  /// The time of its last change, in ISO 8601.
  public let changed: String
  /// The run that made it; nil if unknown.
  public let run: String?

  init(_ row: ModelRow, run: String?) {
    name = String(row.path.split(separator: "/").dropLast().last ?? "")
    (kind, architecture, program) = (row.kind, row.architecture, row.program)
    (path, bytes, hash) = (row.path, row.bytes, row.hash)
    (changed, self.run) = (row.changed, run)
  }
}
