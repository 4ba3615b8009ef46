import Foundation
import Media
import Records

/// What a file is that was converted, or that a conversion has made.
struct ConvertedFile: Codable, Equatable {
  /// From the root, or a URL.
  var path: String
  /// Of the upright picture, in pixels; nil for a folder.
  var width, height: Int?
  /// How its frames are compressed and kept; nil for what is no video.
  var codec, container: String?
  var framesPerSecond, seconds: Double?
  /// Streams of sound and of subtitles.
  var sounds, subtitles: Int?
  /// How long the file is; nil for a folder or a URL.
  var bytes: Int?

  /// Opens a file to see what it is; what cannot be seen stays unknown.
  init(at path: String) {
    self.path = path.contains("://") ? path : Workspace.absolute(path)
    guard !Workspace.isFolder(path) else { return }
    bytes = RunRecorder.size(of: path)
    if FileKind.isPicture(path) {
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
