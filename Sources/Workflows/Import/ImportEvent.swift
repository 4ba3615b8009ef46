public import Records

/// An event of an import.
public enum ImportEvent: RunEvent, Equatable {
  /// A note for the user; a sentence.
  case noted(String)
  /// The import has started or resumed, with the number of completed files.
  case started(folder: String, layout: String, done: Int, of: Int)
  /// Progress: completed files and kept faces.
  case advanced(Int, of: Int, faces: Int)
}

/// The result of an import.
public struct ImportOutcome: Encodable, Equatable, Sendable {
  /// The folder of the labeled dataset.
  public let folder: String
  /// The numbers of processed files and of all files; the frames of a clip count as one.
  public let done, files: Int
  /// The number of kept faces.
  public let faces: Int
  /// The number of searched frames and pictures, and of those without a face.
  public let frames, withoutFaces: Int
  /// The number of files that end too early, though not without a face.
  public let truncated: Int
  /// The number of files of the dataset that gave no sample, by reason.
  public let skipped: [String: Int]
  /// The list of these files; nil if there are none, or the import was interrupted.
  public let list: String?
  /// True if all files are done.
  public let isFinished: Bool
  /// The contact sheet by method; nil for a shard, or if the import was interrupted.
  public let sheet: String?
  /// The shard; nil for a whole dataset.
  public let shard: Shard?

  enum CodingKeys: String, CodingKey {
    case folder, done, files, faces, frames, truncated, skipped, list, sheet, shard
    case isFinished = "finished"
    case withoutFaces = "without_faces"
  }
}
