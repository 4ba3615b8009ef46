/// The pictures of a folder that belong to its face set.
public struct FaceListing: Sendable {
  /// The pictures' names, in byte order.
  public let names: [String]
  /// The manifest's line for each picture; empty without a manifest.
  public let lines: [String: FaceEntry]
  /// The listed pictures that are missing in the folder.
  public let skipped: [SkippedPicture]
  /// The number of pictures in the folder that the manifest does not list.
  public let unlisted: Int

  /// Lists a folder, with or without a manifest.
  public init(of folder: String) throws(FacesError) {
    let found = try FolderListing.pictureNames(in: folder)
    guard FaceSet.isManifested(folder) else {
      (names, lines, skipped, unlisted) = (found, [:], [], 0)
      return
    }
    let set = try FaceSet(reading: folder)
    lines = Dictionary(set.lines.map { ($0.file, $0) }) { first, _ in first }
    names = lines.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    skipped = set.skipped
    unlisted = found.count { [lines] in lines[$0] == nil }
  }

  /// Says that pictures are ignored because the manifest does not list them.
  ///
  /// - Parameter place: where they are, such as `'alice'` or `3 face sets`.
  public static func note(unlisted count: Int, in place: String) -> String {
    "Ignoring \(count == 1 ? "1 picture" : "\(count) pictures") in \(place) not listed in "
      + "'\(FaceSet.manifestName)'."
  }
}
