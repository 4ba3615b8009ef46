import Engine
import Foundation

/// The bytes of a manifest, split into lines; untrusted input with bounded sizes.
struct ManifestText<Line: ManifestRecord> {
  /// The manifest's path, for error messages.
  let path: String
  /// The lines without line feeds; blank ones are empty.
  let parts: [Data]
  /// True if the last line ends with a line feed.
  let isWhole: Bool
  /// The size of the complete lines in bytes.
  let wholeSize: Int

  /// Reads the manifest of a folder.
  init(of folder: String) throws(FacesError) {
    path = Line.manifestPath(of: folder)
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      (parts, isWhole, wholeSize) = try ManifestText.split(file, path)
    } catch let error as FacesError {
      throw error
    } catch {
      throw .unreadableManifest(path: path, reason: (error as NSError).plainReason)
    }
  }

  /// The decoded lines, in order.
  func lines() throws(FacesError) -> [Line] {
    let parts = parts
    let decoded = ThreadPool.map(parts.count) { ManifestText.decoded(parts[$0]) }
    var lines: [Line] = []
    var numbers: [String: Int] = [:]
    for (index, result) in decoded.enumerated() {
      switch result {
      case .success(nil): continue
      case .success(let line?):
        if let first = numbers.updateValue(index + 1, forKey: line.file) {
          throw broken(index, "it names the same picture as line \(first)")
        }
        lines.append(line)
      case .failure(let fault):
        let isTorn = !isWhole && index == parts.count - 1
        guard isTorn else { throw broken(index, fault.reason) }
      }
    }
    return lines
  }

  private func broken(_ index: Int, _ reason: String) -> FacesError {
    Line.broken(path: path, line: index + 1, reason: reason)
  }

  /// Decodes a line; nil for a blank one.
  static func decoded(_ bytes: Data) -> Result<Line?, RecordFault> {
    guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else {
      return .success(nil)
    }
    do {
      let line = try JSONDecoder().decode(Line.self, from: bytes)
      return line.fault.map { .failure(RecordFault(reason: $0)) } ?? .success(line)
    } catch let fault as RecordFault {
      return .failure(fault)
    } catch {
      let reason = (error as? DecodingError)?.plainReason
      return .failure(RecordFault(reason: reason ?? "invalid JSON"))
    }
  }

  /// Splits a file into lines, and throws if the bounds are exceeded.
  private static func split(
    _ file: FileHandle, _ path: String
  ) throws -> (parts: [Data], isWhole: Bool, wholeSize: Int) {
    var parts: [Data] = []
    var rest = Data()
    var wholeSize = 0
    while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
      rest.append(chunk)
      while let end = rest.firstIndex(of: 0x0A) {
        try admit(rest[..<end], parts.count, path)
        parts.append(Data(rest[..<end]))
        wholeSize += end - rest.startIndex + 1
        rest = rest[(end + 1)...]
      }
      try admit(rest, parts.count, path)
      rest = Data(rest)
    }
    guard !rest.isEmpty else { return (parts, true, wholeSize) }
    return (parts + [rest], false, wholeSize)
  }

  private static func admit(_ line: Data, _ index: Int, _ path: String) throws(FacesError) {
    guard line.count <= Line.longestLine else {
      throw Line.broken(
        path: path, line: index + 1, reason: "it is longer than \(Line.longestLine) bytes")
    }
    guard index < Line.mostLines || line.isEmpty else {
      throw Line.broken(
        path: path, line: index + 1, reason: "the maximum is \(Line.mostLines) records")
    }
  }
}
