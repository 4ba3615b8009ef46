import Foundation

/// File kinds by extension.
enum MediaNames {
  private static let pictures: Set<String> = ["jpg", "jpeg", "jpe", "jfif", "png"]
  private static let videos: Set<String> = [
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "wmv", "flv",
  ]

  static func isPicture(_ name: String) -> Bool { pictures.contains(ending(of: name)) }

  static func isMedium(_ name: String) -> Bool {
    isPicture(name) || videos.contains(ending(of: name))
  }

  /// A file's name without folders and extension.
  static func stem(_ path: String) -> String {
    ((path as NSString).lastPathComponent as NSString).deletingPathExtension
  }

  private static func ending(of name: String) -> String {
    (name as NSString).pathExtension.lowercased()
  }
}
