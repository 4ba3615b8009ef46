/// What the import of a public data set has to tell, as it happens.
public enum ImportEvent: Equatable, Sendable {
  /// Something that the user should know; a sentence.
  case noted(String)
  /// Work begins, or goes on: so many files of all are done.
  case started(folder: String, layout: String, done: Int, of: Int)
  /// So many files of all are done, and so many faces are kept.
  case advanced(Int, of: Int, faces: Int)
}

/// What the import of a public data set ends with.
public struct ImportOutcome: Encodable, Equatable, Sendable {
  /// The folder of the labeled set.
  public let folder: String
  /// Files that were looked at, and that there are.
  public let done, files: Int
  /// Faces that were kept.
  public let faces: Int
  /// True when all files are done.
  public let isFinished: Bool
  /// Pictures by method; nil when the import was interrupted.
  public let sheet: String?

  enum CodingKeys: String, CodingKey {
    case folder, done, files, faces, sheet
    case isFinished = "finished"
  }
}
