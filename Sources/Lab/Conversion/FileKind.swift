import Foundation

/// What lies at a path.
enum FileKind {
  static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// True when both paths lead to one file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    guard let a = number(path), let b = number(other) else { return false }
    return a == b
  }

  private static func number(_ path: String) -> [Int]? {
    let path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let file = attributes?[.systemFileNumber] as? Int,
      let disk = attributes?[.systemNumber] as? Int
    else { return nil }
    return [disk, file]
  }
}
