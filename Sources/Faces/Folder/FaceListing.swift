/// The pictures of a folder that belong to its face set.
public struct FaceListing: Sendable {
  /// The pictures' names, in byte order.
  public let names: [String]
  /// The manifest's line for each picture; empty without a manifest.
  public let lines: [String: FaceEntry]
  /// The listed pictures that are missing in the folder.
  public let skipped: [SkippedPicture]
  /// Notes for the user; each a sentence.
  public let notes: [String]

  /// Lists a folder, with or without a manifest.
  public init(of folder: String) throws(FacesError) {
    let found = try FolderListing.pictureNames(in: folder)
    guard FaceSet.isManifested(folder) else {
      (names, lines, skipped, notes) = (found, [:], [], [])
      return
    }
    let set = try FaceSet(reading: folder)
    lines = Dictionary(set.lines.map { ($0.file, $0) }) { first, _ in first }
    names = lines.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    skipped = set.skipped
    let unlisted = found.count { [lines] in lines[$0] == nil }
    notes =
      unlisted == 0
      ? []
      : [
        "Ignoring \(unlisted == 1 ? "1 picture" : "\(unlisted) pictures") in '\(folder)' not listed in "
          + "'\(FaceSet.manifestName)'."
      ]
  }
}
