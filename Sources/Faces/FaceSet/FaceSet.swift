import Engine
import Foundation

/// A folder of face pictures with its manifest, `faces.jsonl`: one JSON object a line, a line a face.
///
/// Whoever wrote the manifest may be a stranger: lines, their number and their length are bounded,
/// and what a line names must lie in the folder.
public struct FaceSet: Sendable {
  /// What the manifest is called.
  public static let manifestName = FaceEntry.manifestName

  /// The folder, as it was named.
  public let path: String
  /// The faces whose picture is there, in the manifest's order.
  public let lines: [FaceEntry]
  /// The faces whose picture is not there, in the same order.
  public let skipped: [SkippedPicture]

  /// Reads the manifest of a folder, and looks which pictures are there.
  ///
  /// A last line that is torn, because the program was killed while it wrote, is left out.
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

  /// True when the folder holds a manifest.
  public static func isManifested(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: manifestPath(of: path))
  }

  /// Where the manifest of a folder is.
  public static func manifestPath(of folder: String) -> String {
    FaceEntry.manifestPath(of: folder)
  }

  /// Writes the manifest of a folder, whole or not at all.
  public static func write(_ lines: [FaceEntry], to folder: String) throws {
    try WholeFile.write(lines.map { try $0.json }, to: manifestPath(of: folder))
  }
}
