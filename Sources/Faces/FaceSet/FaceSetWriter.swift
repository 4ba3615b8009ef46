import Foundation

/// A manifest that grows by whole lines, so that a killed run goes on where it ended.
///
/// Write a face's files before its line: what the manifest lists is then always there. One process
/// at a time may write a manifest.
public final class FaceSetWriter {
  /// The faces that earlier runs have listed, in their order.
  public let earlier: [FaceLine]

  private let path: String
  private let file: FileHandle

  /// Opens the manifest of a folder that is there, or begins it.
  ///
  /// A torn last line, which a killed run has left, is cut.
  public init(in folder: String) throws(FacesError) {
    path = FaceSet.manifestPath(of: folder)
    let text = FaceSet.isManifested(folder) ? try ManifestText(of: folder) : nil
    earlier = try text?.lines() ?? []
    do {
      if text == nil { try Data().write(to: URL(filePath: path), options: .withoutOverwriting) }
      file = try FileHandle(forUpdating: URL(filePath: path))
      try file.seekToEnd()
      if let text, !text.isWhole { try FaceSetWriter.mend(file, text) }
    } catch {
      throw .unwritableManifest(path: path, reason: (error as NSError).plainReason)
    }
  }

  deinit { try? file.close() }

  /// Adds the lines of some faces, at once.
  public func append(_ lines: [FaceLine]) throws(FacesError) {
    do {
      let bytes = try lines.flatMap { try $0.json }
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw .unwritableManifest(path: path, reason: (error as NSError).plainReason)
    }
  }

  /// Ends a last line that only lacks its end; cuts one that is torn.
  private static func mend(_ file: FileHandle, _ text: ManifestText) throws {
    if let last = text.parts.last, case .success = ManifestText.decoded(last) {
      try file.write(contentsOf: Data([0x0A]))
    } else {
      try file.truncate(atOffset: UInt64(text.wholeSize))
      try file.seekToEnd()
    }
  }
}
