import Foundation

/// The kind of file at a path.
public enum FileKind {
  public static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// True if both paths lead to the same file.
  public static func isSame(_ path: String, _ other: String) -> Bool {
    guard let a = number(path), let b = number(other) else { return false }
    return a == b
  }

  private static func number(_ path: String) -> [Int]? {
    // FFmpeg takes the rest literally, without percent decoding.
    let plain = path.hasPrefix("file://") ? String(path.dropFirst(5)) : path
    let path = URL(filePath: plain).resolvingSymlinksInPath().path(percentEncoded: false)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let file = attributes?[.systemFileNumber] as? Int,
      let disk = attributes?[.systemNumber] as? Int
    else { return nil }
    return [disk, file]
  }
}
