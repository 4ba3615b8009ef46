import Foundation

/// The writer of a face set's manifest.
public typealias FaceSetWriter = ManifestWriter<FaceEntry>
/// The writer of a labeled dataset's manifest.
public typealias LabeledDatasetWriter = ManifestWriter<Sample>

/// A manifest that grows by complete lines, so that a killed run can resume.
///
/// Write a picture's files before its line, so that everything listed exists. One process at a time
/// may write a manifest.
public final class ManifestWriter<Line: ManifestRecord> {
  /// The lines of earlier sessions, in order.
  public let earlier: [Line]

  private let path: String
  private let file: FileHandle

  /// Opens the manifest of an existing folder, or creates it.
  ///
  /// A torn last line, left by a killed process, is removed.
  public init(in folder: String) throws(FacesError) {
    path = Line.manifestPath(of: folder)
    let isThere = FileManager.default.fileExists(atPath: path)
    let text = isThere ? try ManifestText<Line>(of: folder) : nil
    earlier = try text?.lines() ?? []
    do {
      if text == nil { try Data().write(to: URL(filePath: path), options: .withoutOverwriting) }
      file = try FileHandle(forUpdating: URL(filePath: path))
      try file.seekToEnd()
      if let text, !text.isWhole { try ManifestWriter.mend(file, text) }
    } catch {
      throw .unwritableManifest(path: path, reason: (error as NSError).plainReason)
    }
  }

  deinit { try? file.close() }

  /// Appends lines in one write.
  public func append(_ lines: [Line]) throws(FacesError) {
    do {
      let bytes = try lines.flatMap { try $0.json }
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw .unwritableManifest(path: path, reason: (error as NSError).plainReason)
    }
  }

  /// Completes a last line that only lacks its line feed, or removes a torn one.
  private static func mend(_ file: FileHandle, _ text: ManifestText<Line>) throws {
    if let last = text.parts.last, case .success = ManifestText<Line>.decoded(last) {
      try file.write(contentsOf: Data([0x0A]))
    } else {
      try file.truncate(atOffset: UInt64(text.wholeSize))
      try file.seekToEnd()
    }
  }
}
