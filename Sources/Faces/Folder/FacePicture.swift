public import Media

/// One picture of a face set.
public struct FacePicture: Sendable {
  /// The file's name in its folder.
  public let name: String
  /// The path of the file: a swap is written at its own size.
  public let path: String
  /// The central square of the picture at 256×256.
  ///
  /// Reduced by area average, or enlarged by Lanczos.
  public let image: Image
  /// The line in the folder's manifest; nil without a manifest.
  ///
  /// Its coordinates are pixels of the file.
  public let line: FaceEntry?
  /// The 68 landmarks in pixels of `image`; nil where the manifest has none.
  public let landmarks: [SIMD2<Float>]?

  /// Pictures with a shorter side than this, in pixels, are skipped.
  public static let shortestSide = 32

  /// Reads one picture of a folder.
  ///
  /// - Parameter line: the line in the folder's manifest.
  public static func read(
    name: String, in folder: String, line: FaceEntry? = nil
  ) -> Result<FacePicture, SkippedPicture> {
    let path = FolderListing.path(of: name, in: folder)
    do throws(MediaError) {
      let whole = try Image(reading: path)
      guard min(whole.width, whole.height) >= shortestSide else {
        return .failure(
          SkippedPicture(
            name: name,
            reason: "is too small: \(whole.width)x\(whole.height) pixels; "
              + "the minimum is \(shortestSide)x\(shortestSide)"))
      }
      return .success(
        FacePicture(
          name: name, path: path, image: squared(whole), line: line,
          landmarks: line.map { placed($0.landmarks, in: whole) }))
    } catch {
      return .failure(SkippedPicture(name: name, reason: error.reason))
    }
  }

  /// Whether both faces are known to be of one source picture or frame.
  func sharesSource(with other: FacePicture) -> Bool {
    guard let line, let source = line.source else { return false }
    return source == other.line?.source && line.frame == other.line?.frame
  }

  /// Maps points of the whole picture to the central square at 256×256.
  private static func placed(_ points: [SIMD2<Float>], in whole: Image) -> [SIMD2<Float>] {
    let square = CenterSquare(width: whole.width, height: whole.height)
    let scale = Float(Crop.pictureSide) / Float(square.side)
    return points.map { ($0 - SIMD2(Float(square.x), Float(square.y))) * scale }
  }

  private static func squared(_ whole: Image) -> Image {
    let square = CenterSquare(width: whole.width, height: whole.height)
    let image =
      whole.width == whole.height
      ? whole
      : whole.cropped(x: square.x, y: square.y, width: square.side, height: square.side)
    let side = Crop.pictureSide
    return image.resized(
      width: side, height: side, filter: square.side > side ? .area : .lanczos)
  }
}

/// A picture file of a face set that is not usable.
public struct SkippedPicture: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's name in its folder.
  public let name: String
  /// The reason, phrased to follow the name.
  public let reason: String

  /// The file and the reason.
  ///
  /// Line breaks and terminal control sequences in names are removed.
  public var description: String {
    let plain = name.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }
    return "'\(String(String.UnicodeScalarView(plain)))' \(reason)"
  }
}

extension MediaError {
  /// The problem with a file, phrased to follow its name.
  var reason: String {
    switch self {
    case .unreadableFile(_, let reason): "cannot be read: \(reason)"
    case .emptyFile: "is empty"
    case .notAPicture(_, isVideo: true): "is a video, not a picture"
    case .notAPicture(_, isVideo: false): "is not a picture of a supported format"
    case .unsupported(_, let reason): "cannot be decoded: \(reason)"
    case .truncated: "is truncated"
    case .damaged(_, let reason): "is damaged: \(reason)"
    case .tooLarge(_, let width, let height): "is too large: \(width)x\(height) pixels"
    case .unreadableVideo(_, let reason): "cannot be read as a video: \(reason)"
    case .noVideo: "has no video stream"
    case .videoTooLarge(_, let width, let height): "is too large: \(width)x\(height) pixels"
    case .truncatedVideo(_, let frames): "is truncated after \(frames) frames"
    case .unwritableVideo(_, let reason): "cannot be written: \(reason)"
    case .unencodable(let reason), .undrawable(let reason), .unsigned(let reason):
      "cannot be used: \(reason)"
    }
  }
}
