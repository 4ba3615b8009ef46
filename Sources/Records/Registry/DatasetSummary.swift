/// What the pictures of a set are for.
public enum SetKind: String, Codable, Sendable {
  /// Face sets: a person each, or as extraction numbered them.
  case faces
  /// Pictures that are known to be real or fake.
  case labeled
}

/// A folder of face sets, or a labeled set, as lists show it.
public struct DatasetSummary: Encodable, Equatable, Sendable {
  /// Its name in `Datasets`.
  public let name: String
  public let kind: SetKind
  /// How many face sets there are; 1 for a labeled set.
  public let sets: Int
  public let pictures: Int
  /// How many pictures of a labeled set are fake.
  public let fakes: Int?
  /// The SHA-256 of the manifest; nil without one, or with several.
  public let hash: String?
  /// When the manifest, or the folder, last changed, as in ISO 8601.
  public let changed: String
  /// The home of the run that has made it; nil where nobody knows.
  public let run: String?

  init(_ row: DatasetRow, run: String?) {
    name = String(row.path.dropFirst("Datasets/".count))
    (kind, sets, pictures, fakes) = (row.kind, row.sets, row.pictures, row.fakes)
    (hash, changed, self.run) = (row.hash, row.changed, run)
  }
}
