import Foundation
import Records

/// What is stored of one upload or download.
struct StoredUpload: Encodable, Equatable, Sendable {
  let upload: String
  /// The names of its files; of an unfinished one, what it will be called.
  let names: [String]
  let bytes: Int
  /// When it was last written to, in ISO 8601.
  let changed: String
  let isComplete: Bool

  enum CodingKeys: String, CodingKey {
    case upload, names, bytes, changed
    case isComplete = "complete"
  }
}

extension Uploads {
  /// The seconds after which an unfinished upload is given up.
  private static let patience = 24 * 3600.0

  /// All uploads, the newest first.
  func all() throws -> [StoredUpload] {
    try RunFolder.names(in: folder).reversed().compactMap { name in
      guard (try? place(of: name)) != nil else { return nil }
      return try stored(name)
    }
  }

  private func stored(_ upload: String) throws -> StoredUpload {
    let place = try place(of: upload)
    let files = try RunFolder.names(in: place)
    let isComplete = !files.contains(Uploads.note)
    let shown =
      isComplete ? files.filter { !$0.hasPrefix(".") } : [try partial(upload).name]
    return StoredUpload(
      upload: upload, names: shown,
      bytes: files.reduce(0) { $0 + Uploads.size(of: "\(place)/\($1)") },
      changed: changed(place, files).formatted(.iso8601), isComplete: isComplete)
  }

  private func changed(_ place: String, _ files: [String]) -> Date {
    let dates = ([place] + files.map { "\(place)/\($0)" }).compactMap {
      try? FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
    }
    return dates.max() ?? .distantPast
  }

  /// Removes an upload.
  func remove(_ upload: String) throws {
    guard busy.take(upload) else {
      throw WebFault(.conflict, "The upload is being written to. Stop that first.")
    }
    defer { busy.release(upload) }
    try RunFolder.remove(place(of: upload))
  }

  /// Removes old uploads.
  ///
  /// - Parameters:
  ///   - seconds: how old they may become; unfinished ones are given up after a day.
  ///   - used: those that open jobs need.
  func removeOld(after seconds: Double, except used: Set<String>) {
    for upload in (try? RunFolder.names(in: folder)) ?? [] where !used.contains(upload) {
      guard let place = try? place(of: upload), let files = try? RunFolder.names(in: place) else {
        continue
      }
      let most = files.contains(Uploads.note) ? min(seconds, Uploads.patience) : seconds
      if -changed(place, files).timeIntervalSinceNow > most { try? remove(upload) }
    }
  }

  /// The uploads that some paths or words of a command line name.
  func named(in texts: [String]) -> Set<String> {
    Set(
      texts.compactMap { text in
        guard let start = text.range(of: "web/uploads/") else { return nil }
        return text[start.upperBound...].split(separator: "/").first.map(String.init)
      })
  }
}
