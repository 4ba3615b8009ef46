/// Errors of pictures and videos with causes outside the program.
///
/// `name` is the file's path as the user gave it.
public enum MediaError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadableFile(path: String, reason: String)
  /// The file is empty.
  case emptyFile(name: String)
  /// The file is neither JPEG nor PNG; `kind` says what it looks like, if known.
  case unknownKind(name: String, kind: String?)
  /// The file ends before the picture does.
  case truncated(name: String)
  /// The file is an invalid JPEG or PNG.
  case damaged(name: String, reason: String)
  /// The picture is larger than `Image.mostPixels` or `Image.longestSide` allow.
  case tooLarge(name: String, width: Int, height: Int)
  /// The file or URL cannot be opened or decoded as a video.
  case unreadableVideo(name: String, reason: String)
  /// The file has no video stream, but perhaps sound.
  case noVideo(name: String, hasSound: Bool)
  /// A frame is larger than `VideoReader.mostPixels` or `VideoReader.longestSide` allow.
  case videoTooLarge(name: String, width: Int, height: Int)
  /// The video is truncated; `frames` frames were read.
  case truncatedVideo(name: String, frames: Int)
  /// A video cannot be written; `reason` includes the remedy, if there is one.
  case unwritableVideo(path: String, reason: String)
  /// A picture cannot be encoded.
  case unencodable(reason: String)
  /// A sheet or plot cannot be drawn.
  case undrawable(reason: String)

  /// One sentence for the user, including a remedy.
  public var description: String {
    switch self {
    case .unreadableFile(let path, let reason):
      "'\(path)' cannot be read: \(reason). Check the path and its permissions."
    case .emptyFile(let name):
      "'\(name)' is empty. Copy it again from where it came."
    case .unknownKind(let name, let kind?):
      "'\(name)' is \(kind), not a JPEG or PNG picture. Convert it to one of the two."
    case .unknownKind(let name, nil):
      "'\(name)' is neither a JPEG nor a PNG picture, whatever its name says. "
        + "Convert it to one of the two, or take it out of the folder."
    case .truncated(let name):
      "'\(name)' ends before its picture does. Copy it again from where it came."
    case .damaged(let name, let reason):
      "'\(name)' is damaged: \(reason). Copy it again, or save it anew in another program."
    case .tooLarge(let name, let width, let height):
      "'\(name)' is too large: \(width)x\(height) pixels, where \(Image.mostPixels / 1_000_000) "
        + "megapixels and \(Image.longestSide) a side are the most. Make it smaller first."
    case .unreadableVideo(let name, let reason):
      "'\(name)' cannot be read as a video: \(reason). Check the path, or convert it to MP4."
    case .noVideo(let name, let hasSound):
      "'\(name)' holds \(hasSound ? "sound" : "data") but no moving picture. Name a video."
    case .videoTooLarge(let name, let width, let height):
      "'\(name)' is too large: \(width)x\(height) pixels, where "
        + "\(VideoReader.mostPixels / 1_000_000) megapixels and \(VideoReader.longestSide) a side "
        + "are the most. Make it smaller first."
    case .truncatedVideo(let name, let frames):
      "'\(name)' was cut off: after \(frames) frames it ends too early. Copy it again from where "
        + "it came, or use what there is of it."
    case .unwritableVideo(let path, let reason):
      "'\(path)' cannot be written as a video: \(reason)."
    case .unencodable(let reason):
      "A picture cannot be saved: \(reason). Try another format or a smaller picture."
    case .undrawable(let reason):
      "A sheet or plot cannot be drawn: \(reason). Make it smaller."
    }
  }
}
