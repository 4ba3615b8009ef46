import Foundation
import Media

/// File names in the layouts of public datasets.
enum MediaNames {
  static func isPicture(_ name: String) -> Bool { MediaKind(named: name) == .picture }

  static func isMedium(_ name: String) -> Bool { MediaKind(named: name) != nil }

  /// A file's name without folders and extension.
  static func stem(_ path: String) -> String {
    ((path as NSString).lastPathComponent as NSString).deletingPathExtension
  }
}
