import Foundation

/// Sizes and times of files, to detect changes.
struct FileStamp {
  /// The stamp of files, existing or not.
  static func of(_ paths: [String]) -> String {
    paths.map { path in
      guard let file = try? FileManager.default.attributesOfItem(atPath: path) else { return "-" }
      let changed = (file[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      return "\(file[.size] as? Int ?? 0) \(changed)"
    }.joined(separator: ", ")
  }

  /// The time of a file's last change, in ISO 8601.
  static func changed(_ path: String) -> String {
    let file = try? FileManager.default.attributesOfItem(atPath: path)
    return ((file?[.modificationDate] as? Date) ?? .distantPast).formatted(.iso8601)
  }
}
