import Foundation
import Media
import Records

/// The properties of an input or result of a conversion.
struct ConvertedFile: Codable, Equatable {
  /// From the root, or a URL.
  var path: String
  /// Size of the upright picture, in pixels; nil for a folder.
  var width, height: Int?
  /// The codec and container; nil for anything but a video.
  var codec, container: String?
  var framesPerSecond, seconds: Double?
  /// The numbers of sound and subtitle streams.
  var sounds, subtitles: Int?
  /// The file size; nil for a folder or a URL.
  var bytes: Int?

  /// Opens a file to read its properties; unreadable ones stay unknown.
  init(at path: String) {
    self.path = path.contains("://") ? path : Workspace.absolute(path)
    guard !Workspace.isFolder(path) else { return }
    bytes = RunRecorder.size(of: path)
    if (try? MediaKind(of: path)) == .picture {
      let image = try? Image(reading: path)
      (width, height) = (image?.width, image?.height)
    } else if let info = try? VideoReader(reading: path).info {
      (width, height) = (info.width, info.height)
      (codec, container) = (info.codec, info.container)
      (framesPerSecond, seconds) = (info.frameRate?.value, info.duration)
      (sounds, subtitles) = (info.sounds, info.subtitles)
    }
  }
}
