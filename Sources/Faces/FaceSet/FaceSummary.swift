import Foundation

/// What lists show of a face: a few values of a line of `faces.jsonl`.
///
/// A line's landmarks take most of the time of reading it, and are left out.
public struct FaceSummary: Equatable, Sendable {
  /// The picture's name in the face set's folder.
  public let file: String
  /// The person's name.
  public let identity: String?
  /// The picture's sharpness.
  public let blur: Double?

  /// A picture that no manifest lists.
  public init(file: String) { (self.file, identity, blur) = (file, nil, nil) }

  /// The faces of a manifest whose pictures exist, by name in byte order, each with its line.
  public static func all(
    in folder: String
  ) throws(FacesError) -> [(face: FaceSummary, line: String)] {
    let text = try ManifestText<FaceSummary>(of: folder)
    let faces = try text.lines()
    let pictures = Set(try FolderListing.names(in: folder))
    // Blank lines and a torn last one are no faces.
    let lines = text.parts.lazy.filter { !$0.allSatisfy { $0 <= 0x20 } }
    return zip(faces, lines).filter { pictures.contains($0.0.file) }
      .map { (face: $0, line: String(decoding: $1, as: UTF8.self)) }
      .sorted { $0.face.file.utf8.lexicographicallyPrecedes($1.face.file.utf8) }
  }
}

extension FaceSummary: ManifestRecord {
  /// The name of a face set's manifest.
  public static let manifestName = FaceEntry.manifestName

  /// The reason why the picture's name is refused.
  public var fault: String? {
    FaceEntry.isName(file) ? nil : "'file' must be the name of a picture in the folder"
  }

  /// The error for a line of a face set.
  public static func broken(path: String, line: Int, reason: String) -> FacesError {
    FaceEntry.broken(path: path, line: line, reason: reason)
  }
}
