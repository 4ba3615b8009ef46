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
  /// The numbers of processed files and of all files.
  public let done, files: Int
  /// The number of kept faces.
  public let faces: Int
  /// True if all files are done.
  public let isFinished: Bool
  /// The contact sheet by method; nil if the import was interrupted.
  public let sheet: String?

  enum CodingKeys: String, CodingKey {
    case folder, done, files, faces, sheet
    case isFinished = "finished"
  }
}
