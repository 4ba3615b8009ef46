/// The kind of a dataset.
public enum SetKind: String, Codable, Sendable {
  /// Face sets: one per person, or numbered by extraction.
  case faces
  /// Labeled samples.
  case labeled
}

/// A folder of face sets, or a labeled dataset, in lists.
public struct DatasetSummary: Encodable, Equatable, Sendable {
  /// Its name in `Datasets`.
  public let name: String
  public let kind: SetKind
  /// The number of face sets; 1 for a labeled dataset.
  public let sets: Int
  public let pictures: Int
  /// The number of fakes in a labeled dataset.
  public let fakes: Int?
  /// The SHA-256 of the manifest; nil without one, or with several.
  public let hash: String?
  /// The time of the last change of the manifest or folder, in ISO 8601.
  public let changed: String
  /// The run that made it; nil if unknown.
  public let run: String?

  init(_ row: DatasetRow, run: String?) {
    name = String(row.path.dropFirst("Datasets/".count))
    (kind, sets, pictures, fakes) = (row.kind, row.sets, row.pictures, row.fakes)
    (hash, changed, self.run) = (row.hash, row.changed, run)
  }
}
