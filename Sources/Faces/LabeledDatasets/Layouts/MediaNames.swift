import Foundation

/// File kinds by extension.
enum MediaNames {
  private static let pictures: Set<String> = ["jpg", "jpeg", "jpe", "jfif", "png"]
  private static let videos: Set<String> = [
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "wmv", "flv",
  ]
  /// Extensions of files that a browser or a download manager has not finished.
  private static let unfinished: Set<String> = [
    "part", "partial", "crdownload", "download", "aria2", "tmp", "!qb", "!ut",
  ]

  static func isPicture(_ name: String) -> Bool { pictures.contains(ending(of: name)) }

  static func isVideo(_ name: String) -> Bool { videos.contains(ending(of: name)) }

  static func isMedium(_ name: String) -> Bool { isPicture(name) || isVideo(name) }

  static func isUnfinished(_ name: String) -> Bool { unfinished.contains(ending(of: name)) }

  /// A file's name without folders.
  static func file(_ path: String) -> String { (path as NSString).lastPathComponent }

  /// A file's name without folders and extension.
  static func stem(_ path: String) -> String {
    ((path as NSString).lastPathComponent as NSString).deletingPathExtension
  }

  private static func ending(of name: String) -> String {
    (name as NSString).pathExtension.lowercased()
  }
}
