import Engine
import Foundation

/// A folder of face pictures with its manifest, `faces.jsonl`: one JSON object per line and face.
///
/// Manifests are untrusted input: lines, their number and their length are bounded, and the files
/// that a line names must lie in the folder.
public struct FaceSet: Sendable {
  /// The manifest's name.
  public static let manifestName = FaceEntry.manifestName
  /// What a contact sheet beside the faces is called; it is never taken for a face.
  public static let sheetName = "sheet.png"

  /// The folder, as given.
  public let path: String
  /// The faces whose picture exists, in the manifest's order.
  public let lines: [FaceEntry]
  /// The faces whose picture is missing, in the same order.
  public let skipped: [SkippedPicture]

  /// Reads the manifest of a folder and checks which pictures exist.
  ///
  /// A torn last line, left by a killed process, is ignored.
  public init(reading path: String) throws(FacesError) {
    self.path = path
    let all = try ManifestText<FaceEntry>(of: path).lines()
    let files = FileManager.default
    let isThere = all.map { files.fileExists(atPath: FolderListing.path(of: $0.file, in: path)) }
    lines = zip(all, isThere).filter(\.1).map(\.0)
    skipped = zip(all, isThere).filter { !$0.1 }.map {
      SkippedPicture(name: $0.0.file, reason: "is not in the folder")
    }
  }

  /// True if the folder has a manifest.
  public static func isManifested(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: manifestPath(of: path))
  }

  /// The path of a folder's manifest.
  public static func manifestPath(of folder: String) -> String {
    FaceEntry.manifestPath(of: folder)
  }

  /// Writes a folder's manifest atomically.
  public static func write(_ lines: [FaceEntry], to folder: String) throws {
    try WholeFile.write(lines.map { try $0.json }, to: manifestPath(of: folder))
  }
}
