/// Which pictures of a folder make its face set.
public struct FaceListing: Sendable {
  /// The pictures' names, in the order of their bytes.
  public let names: [String]
  /// What the manifest says of each; empty without a manifest.
  public let lines: [String: FaceEntry]
  /// The pictures that the manifest lists and the folder lacks.
  public let skipped: [SkippedPicture]
  /// What the user should know; each a sentence.
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
        "\(unlisted == 1 ? "1 picture" : "\(unlisted) pictures") in '\(folder)' "
          + "\(unlisted == 1 ? "is" : "are") left out: '\(FaceSet.manifestName)' does not list "
          + "\(unlisted == 1 ? "it" : "them")."
      ]
  }
}
