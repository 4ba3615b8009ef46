/// A folder of face sets, or a labeled dataset, in the registry.
struct DatasetRow: Codable, Equatable, Sendable {
  /// The path below the workspace.
  let path: String
  let kind: SetKind
  /// The number of face sets; 1 for a labeled dataset.
  let sets: Int
  let pictures: Int
  /// The number of fakes in a labeled dataset.
  let fakes: Int?
  /// The SHA-256 of the manifest; nil without one, or with several.
  let hash: String?
  /// The time of the last change of the manifest or folder, in ISO 8601.
  let changed: String
  /// The stamp of its files when they were read.
  let stamp: String
}
