/// A folder of face sets, or a labeled set, as the registry knows it.
struct DatasetRow: Codable, Equatable, Sendable {
  /// Where it is, below the workspace.
  let path: String
  let kind: SetKind
  /// How many face sets there are; 1 for a labeled set.
  let sets: Int
  let pictures: Int
  /// How many pictures of a labeled set are fake.
  let fakes: Int?
  /// The SHA-256 of the manifest; nil without one, or with several.
  let hash: String?
  /// When the manifest, or the folder, last changed, as in ISO 8601.
  let changed: String
  /// What its files were like when they were read.
  let stamp: String
}
