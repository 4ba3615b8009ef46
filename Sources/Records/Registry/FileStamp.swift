import Foundation

/// What files were like when they were read: sizes and times, by which a change is noticed.
struct FileStamp {
  /// The stamp of some files, whether they are there or not.
  static func of(_ paths: [String]) -> String {
    paths.map { path in
      guard let file = try? FileManager.default.attributesOfItem(atPath: path) else { return "-" }
      let changed = (file[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      return "\(file[.size] as? Int ?? 0) \(changed)"
    }.joined(separator: ", ")
  }

  /// When a file last changed, as in ISO 8601.
  static func changed(_ path: String) -> String {
    let file = try? FileManager.default.attributesOfItem(atPath: path)
    return ((file?[.modificationDate] as? Date) ?? .distantPast).formatted(.iso8601)
  }
}
