import Foundation
import Media

/// File names in the layouts of public datasets.
enum MediaNames {
  /// Extensions of files that a browser or a download manager has not finished.
  private static let unfinished: Set<String> = [
    "part", "partial", "crdownload", "download", "aria2", "tmp", "!qb", "!ut",
  ]

  static func isPicture(_ name: String) -> Bool { MediaKind(named: name) == .picture }

  static func isVideo(_ name: String) -> Bool { MediaKind(named: name) == .video }

  static func isMedium(_ name: String) -> Bool { MediaKind(named: name) != nil }

  static func isUnfinished(_ name: String) -> Bool {
    unfinished.contains((name as NSString).pathExtension.lowercased())
  }

  /// A file's name without folders.
  static func file(_ path: String) -> String { (path as NSString).lastPathComponent }

  /// A file's name without folders and extension.
  static func stem(_ path: String) -> String {
    ((path as NSString).lastPathComponent as NSString).deletingPathExtension
  }
}
