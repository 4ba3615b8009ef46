import Faces
import Foundation
import Media
import Records

/// An input of an extraction.
enum ExtractInput: Equatable, Sendable {
  case picture(String)
  case video(String)

  /// The inputs for the given names: folders expand to the pictures and videos in them, in name
  /// order.
  static func all(of names: [String]) throws -> [ExtractInput] {
    try names.flatMap { name -> [ExtractInput] in
      guard !name.contains("://") else { return [.video(name)] }
      guard Workspace.isFolder(name) else { return [ExtractInput(name)] }
      return try folder(name)
    }
  }

  /// The input of a file; one of an unknown kind counts as a video, because FFmpeg may know it.
  private init(_ path: String) {
    self = MediaKind(at: path) == .picture ? .picture(path) : .video(path)
  }

  private static func folder(_ path: String) throws -> [ExtractInput] {
    let found = try FolderListing.names(in: path).compactMap { name -> ExtractInput? in
      let file = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      return switch MediaKind(at: file) {
      case .picture: .picture(file)
      case .video: .video(file)
      case nil: nil
      }
    }
    guard !found.isEmpty else { throw WorkflowError.nothingToExtract(path: path) }
    return found
  }
}
