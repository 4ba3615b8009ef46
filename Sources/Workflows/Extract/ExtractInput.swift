import Faces
import Foundation
import Media
import Records

/// An input of an extraction.
enum ExtractInput: Equatable, Sendable {
  case picture(String)
  case video(String)

  private static let videos: Set = [
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "mts", "m2ts", "wmv", "flv",
    "3gp", "ogv", "gif",
  ]

  /// The inputs for the given names: folders expand to the pictures and videos in them, in name
  /// order.
  static func all(of names: [String]) throws -> [ExtractInput] {
    try names.flatMap { name in
      guard !name.contains("://"), Workspace.isFolder(name) else { return [ExtractInput(name)] }
      return try folder(name)
    }
  }

  /// An input by its extension: everything but a picture is a video.
  private init(_ path: String) {
    self = FileKind.isPicture(path) ? .picture(path) : .video(path)
  }

  private static func folder(_ path: String) throws -> [ExtractInput] {
    let names = try FolderListing.names(in: path)
    let found = names.filter { FileKind.isPicture($0) || isVideo($0) }
    guard !found.isEmpty else { throw WorkflowError.nothingToExtract(path: path) }
    return found.map { ExtractInput(path.hasSuffix("/") ? path + $0 : "\(path)/\($0)") }
  }

  private static func isVideo(_ name: String) -> Bool {
    videos.contains((name as NSString).pathExtension.lowercased())
  }
}
