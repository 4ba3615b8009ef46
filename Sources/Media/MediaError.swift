/// Errors of pictures and videos with causes outside the program.
///
/// `name` is the file's path as the user gave it.
public enum MediaError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadableFile(path: String, reason: String)
  /// The file is empty.
  case emptyFile(name: String)
  /// The file is no picture of a known format, but perhaps a video.
  case notAPicture(name: String, isVideo: Bool)
  /// The picture uses a codec or feature that is not available here.
  case unsupported(name: String, reason: String)
  /// The file ends before the picture does.
  case truncated(name: String)
  /// The file is an invalid picture.
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
  /// A marked file cannot be signed; `reason` is a sentence.
  case unsigned(reason: String)

  /// One sentence for the user, including a remedy.
  public var description: String {
    switch self {
    case .unreadableFile(let path, let reason):
      "Cannot read '\(path)': \(reason). Check the path and its permissions."
    case .emptyFile(let name):
      "'\(name)' is empty. Copy the file again."
    case .notAPicture(let name, isVideo: true):
      "'\(name)' is a video, not a picture. Give a picture, or extract one of its frames first."
    case .notAPicture(let name, isVideo: false):
      "'\(name)' is not a picture of a supported format (\(MediaKind.pictureFormats)). Convert it to "
        + "PNG, or remove it from the folder."
    case .unsupported(let name, let reason):
      "'\(name)' cannot be decoded: \(reason). Convert it to JPEG or PNG."
    case .truncated(let name):
      "'\(name)' is truncated. Copy the file again."
    case .damaged(let name, let reason):
      "'\(name)' is damaged: \(reason). Copy the file again, or re-save it in another program."
    case .tooLarge(let name, let width, let height):
      "'\(name)' is too large: \(width)x\(height) pixels; the maximum is "
        + "\(Image.mostPixels / 1_000_000) megapixels and \(Image.longestSide) pixels per side. "
        + "Downscale it."
    case .unreadableVideo(let name, let reason):
      "Cannot read '\(name)' as a video: \(reason). Check the path, or convert it to MP4."
    case .noVideo(let name, let hasSound):
      "'\(name)' contains \(hasSound ? "audio" : "data") but no video stream. Give a video file."
    case .videoTooLarge(let name, let width, let height):
      "'\(name)' is too large: \(width)x\(height) pixels; the maximum is "
        + "\(VideoReader.mostPixels / 1_000_000) megapixels and \(VideoReader.longestSide) pixels "
        + "per side. Downscale it."
    case .truncatedVideo(let name, let frames):
      "'\(name)' is truncated after \(frames) frames. Copy the file again, or use the frames before "
        + "that with a shorter range."
    case .unwritableVideo(let path, let reason):
      "Cannot write video '\(path)': \(reason)."
    case .unencodable(let reason):
      "Cannot encode picture: \(reason). Use another format or a smaller picture."
    case .undrawable(let reason):
      "Cannot draw sheet or plot: \(reason). Reduce its size."
    case .unsigned(let reason):
      "Cannot sign the Content Credentials of a generated file. \(reason)"
    }
  }
}
