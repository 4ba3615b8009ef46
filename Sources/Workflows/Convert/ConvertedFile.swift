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

extension ConvertedFile {
  var name: String { (path as NSString).lastPathComponent }

  /// The output of a repetition.
  var repeated: String {
    let (stem, ending) = (
      (path as NSString).deletingPathExtension, (path as NSString).pathExtension
    )
    return ending.isEmpty ? "\(path)-repeat" : "\(stem)-repeat.\(ending)"
  }

  /// The properties of some files side by side, under their headings.
  static func table(_ files: [(heading: String, file: ConvertedFile)]) -> ReportTable {
    func row(_ name: String, _ text: (ConvertedFile) -> String?) -> [String]? {
      let texts = files.map { text($0.file) }
      return texts.contains { $0 != nil } ? [name] + texts.map { $0 ?? "–" } : nil
    }
    let rows = [
      row("file") { $0.path },
      row("size (pixels)") { file in file.width.flatMap { w in file.height.map { "\(w)×\($0)" } }
      },
      row("codec", \.codec), row("container") { $0.container.map(ConvertedFile.container) },
      row("frame rate (fps)") { $0.framesPerSecond.map { NumberText.fixed($0, 3) } },
      row("duration (s)") { $0.seconds.map { NumberText.fixed($0, 2) } },
      row("audio streams") { $0.sounds.map(String.init) },
      row("subtitle streams") { $0.subtitles.map(String.init) },
      row("file size") { $0.bytes.map { SynthesisDiskSpace.size(Double($0)) } },
    ]
    return ReportTable([""] + files.map(\.heading), rows.compactMap(\.self))
  }

  /// The usual name of a container, which FFmpeg calls by all names of its demuxer.
  private static func container(_ name: String) -> String {
    let names: KeyValuePairs = ["mp4": "MP4 or MOV", "matroska": "Matroska", "webm": "WebM"]
    let parts = name.split(separator: ",")
    return names.first { parts.contains($0.key[...]) }?.value ?? name
  }
}
