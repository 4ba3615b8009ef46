import Foundation

/// Whether a file is a picture or a video.
///
/// The content decides, never the name: this is the only place where that is decided. A GIF of
/// several frames is a video, one of a single frame a picture; an animated WebP is a picture, its
/// first frame, because FFmpeg does not decode the others.
public enum MediaKind: Equatable, Sendable {
  case picture, video

  /// The kind of a file by its content; nil if it begins like none that is known here.
  public init?(of path: String) throws(MediaError) {
    let bytes = try PictureFile.bytes(of: path, first: MediaKind.header)
    switch PictureKind(sniffing: bytes) {
    case .gif:
      self = GIFFile(try PictureFile.bytes(of: path)).isAnimated ? .video : .picture
    case .some: self = .picture
    case nil where MediaKind.isVideo(bytes): self = .video
    case nil: return nil
    }
  }

  /// The kind of a file by its content; of a missing, damaged or unknown one, what its name says.
  ///
  /// Whoever then reads such a file gets the error that tells what is wrong with it.
  public init?(at path: String) {
    guard let kind = (try? MediaKind(of: path)) ?? MediaKind(named: path) else { return nil }
    self = kind
  }

  /// The kind that files of this name usually are; nil for other names.
  ///
  /// It says which files of a folder somebody meant as pictures or videos; it never says what a file
  /// is.
  public init?(named name: String) {
    let ending = (name as NSString).pathExtension.lowercased()
    if MediaKind.pictureEndings.contains(ending) {
      self = .picture
    } else if MediaKind.videoEndings.contains(ending) {
      self = .video
    } else {
      return nil
    }
  }

  /// The formats of pictures that can be read, for messages.
  public static let pictureFormats =
    "JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP, GIF and JPEG 2000"

  private static let pictureEndings: Set = [
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "dib", "tif", "tiff", "avif", "heic",
    "heif", "hif", "jp2", "j2k", "j2c", "jpc", "jpf", "jpx",
  ]
  private static let videoEndings: Set = [
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "mts", "m2ts", "wmv", "asf",
    "flv", "3gp", "3g2", "ogv", "mxf", "nut", "y4m", "ivf", "vob", "f4v",
  ]

  /// How many bytes are looked at: some packets of a transport stream, an Ogg file's first page.
  private static let header = 1024

  static func isVideo(_ bytes: [UInt8]) -> Bool {
    func starts(with start: [UInt8], at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: start)
    }
    func starts(with text: String, at offset: Int = 0) -> Bool {
      starts(with: Array(text.utf8), at: offset)
    }
    // MP4 and QuickTime, except for files of sound alone.
    if starts(with: "ftyp", at: 4) {
      return !starts(with: "M4A ", at: 8) && !starts(with: "M4B ", at: 8)
    }
    let boxes = ["moov", "mdat", "wide", "free", "skip", "pnot"]
    if boxes.contains(where: { starts(with: $0, at: 4) }) { return true }
    // The sync bytes of MPEG transport streams, whose packets may have a time code before them.
    let hasPackets = [(0, 188), (4, 192)].contains { start, length in
      (0..<4).allSatisfy { starts(with: [0x47], at: start + $0 * length) }
    }
    if hasPackets { return true }
    if starts(with: "OggS") {
      return ["theora", "OVP80", "BBCD"].contains { bytes.firstRange(of: Array($0.utf8)) != nil }
    }
    return starts(with: [0x1A, 0x45, 0xDF, 0xA3])  // Matroska and WebM
      || starts(with: "RIFF") && starts(with: "AVI ", at: 8)
      || starts(with: [0, 0, 1, 0xBA]) || starts(with: [0, 0, 1, 0xB3])  // MPEG-1 and MPEG-2
      || starts(with: [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])  // Windows Media
      || starts(with: "FLV\u{1}") || starts(with: [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05])  // MXF
      || starts(with: "nut/multimedia container") || starts(with: "YUV4MPEG2 ")
      || starts(with: "DKIF")
  }
}
