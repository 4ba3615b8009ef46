import Foundation

extension WebReply {
  /// A file, or the part of it that a request's `Range` names.
  ///
  /// - Parameter type: nil to go by the file's extension.
  init(file path: String, to request: WebRequest, as type: String? = nil) throws(WebFault) {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path)
    guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular,
      let size = (attributes[.size] as? NSNumber)?.intValue
    else { throw .notFound }
    let type = type ?? MediaType.of(path)
    let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    let tag = "\"\(size)-\(Int(changed * 1000))\""
    headers = [
      ("Content-Type", type), ("Accept-Ranges", "bytes"), ("ETag", tag),
      ("Cache-Control", "private, no-cache"),
    ]
    if !MediaType.isShown(type) { headers.append(("Content-Disposition", "attachment")) }
    guard request.header("If-None-Match") != tag else {
      (status, body) = (.notModified, .bytes(Data()))
      return
    }
    let asked = request.header("If-Range").map { $0 == tag } ?? true
    switch asked ? ByteRange(request.header("Range"), of: size) : .whole {
    case .whole: body = .file(URL(filePath: path), 0..<size)
    case .part(let range):
      status = .partialContent
      headers.append(
        ("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"))
      body = .file(URL(filePath: path), range)
    case .unsatisfiable:
      (status, headers, body) = (
        .rangeNotSatisfiable, [("Content-Range", "bytes */\(size)")], .bytes(Data())
      )
    }
  }
}

/// What part of a file a `Range` header asks for (RFC 9110, section 14).
enum ByteRange: Equatable {
  case whole
  case part(Range<Int>)
  case unsatisfiable

  /// Headers of several ranges, and invalid ones, mean the whole file.
  init(_ header: String?, of size: Int) {
    self = .whole
    guard let header, header.hasPrefix("bytes=") else { return }
    let sides = header.dropFirst("bytes=".count)
      .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard sides.count == 2, sides.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return }
    if sides[0].isEmpty {
      guard let last = Int(sides[1]) else { return }
      self = last == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - last)..<size)
      return
    }
    guard let first = Int(sides[0]) else { return }
    let last = sides[1].isEmpty ? Int.max : Int(sides[1])
    guard let last, first <= last else { return }
    self = first >= size ? .unsatisfiable : .part(first..<min(last, size - 1) + 1)
  }
}

/// The media types of the workspace's files.
enum MediaType {
  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
    "avif": "image/avif", "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/mp4",
    "webm": "video/webm", "mkv": "video/x-matroska", "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8", "json": "application/json",
    "jsonl": "text/plain; charset=utf-8",
  ]

  /// The type of a file by its extension.
  static func of(_ path: String) -> String {
    types[(path as NSString).pathExtension.lowercased()] ?? "application/octet-stream"
  }

  /// Whether a browser shows it; other files are saved.
  static func isShown(_ type: String) -> Bool { type != "application/octet-stream" }
}
