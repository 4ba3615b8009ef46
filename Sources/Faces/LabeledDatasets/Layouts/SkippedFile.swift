/// A file of a public dataset that is not imported.
public struct SkippedFile: Codable, Equatable, Sendable {
  /// The file, below the dataset's folder.
  public let path: String
  /// The reason.
  public let reason: Reason

  public init(_ path: String, _ reason: Reason) { (self.path, self.reason) = (path, reason) }

  /// Why a file is not imported.
  public enum Reason: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// A list of the dataset names a file that is not there.
    case missing
    /// A download that has not finished, by its extension.
    case unfinished
    /// The name does not follow the layout.
    case unnamed
    /// The frames of a video that is imported itself.
    case repeated
    /// An identity or clip in another split of the dataset's own lists.
    case leaking
    /// A symbolic link to nothing.
    case broken
    /// A symbolic link to a folder around it.
    case loop
    /// A folder or file that cannot be read.
    case unreadable
    /// A file of 0 bytes.
    case empty
    /// A file that ends too early, without any face before its end.
    case truncated
    /// A file whose content is no picture or video, or damaged.
    case damaged
    /// A file in which no face was found.
    case faceless = "no_face"

    /// A phrase for several files, to follow their number.
    public var description: String {
      switch self {
      case .missing: "listed, but missing"
      case .unfinished: "unfinished downloads"
      case .unnamed: "not named as in the layout"
      case .repeated: "frames of videos that are imported themselves"
      case .leaking: "with an identity or clip of another split"
      case .broken: "links to missing files"
      case .loop: "links to a folder around them"
      case .unreadable: "unreadable"
      case .empty: "empty (0 bytes)"
      case .truncated: "truncated, without a face"
      case .damaged: "damaged or not a picture or video"
      case .faceless: "without a face"
      }
    }
  }
}
