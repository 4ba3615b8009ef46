/// DFDC: `metadata.json` lists for each video beside it whether it is fake, and its original.
///
/// Identities are not listed; a video and its forgeries count as one identity.
enum DFDC {
  /// The metadata of one file.
  private struct Entry: Decodable {
    let label: String
    let split: String?
    let original: String?
  }

  private static let listName = "metadata.json"

  /// The folders with metadata, as paths below the root; the root itself is empty.
  static func parts(of folder: PublicFolder) -> [String] {
    if folder.holds(listName) { return [""] }
    return folder.folders().filter { folder.holds("\($0)/\(listName)") }
  }

  static func items(of folder: PublicFolder) throws(FacesError) -> [PublicItem] {
    var items: [PublicItem] = []
    for part in parts(of: folder) {
      let prefix = part.isEmpty ? "" : "\(part)/"
      let entries = try folder.json(prefix + listName, as: [String: Entry].self) ?? [:]
      for (file, entry) in entries.sorted(by: { $0.key < $1.key }) {
        guard FaceEntry.isInside(prefix + file) else {
          throw .unknownLayout(path: folder.path, reason: "'\(file)' is outside the folder")
        }
        var item = try item(prefix + file, entry, folder)
        item.split = split(entry.split)
        items.append(item)
      }
    }
    // A release of a single split leaves splitting to us.
    let splits = Set(items.map(\.split))
    return splits.count > 1
      ? items
      : items.map { item in
        var item = item
        item.split = nil
        return item
      }
  }

  private static func item(
    _ path: String, _ entry: Entry, _ folder: PublicFolder
  ) throws(FacesError) -> PublicItem {
    switch entry.label.uppercased() {
    case "REAL":
      return PublicItem(
        real: path, identity: MediaNames.stem(path), clip: MediaNames.stem(path))
    case "FAKE":
      let original = MediaNames.stem(entry.original ?? path)
      return PublicItem(path, .fake, "dfdc", [original], [original])
    default:
      throw .unknownLayout(
        path: folder.path, reason: "'\(path)' is labeled '\(entry.label)', not REAL or FAKE")
    }
  }

  private static func split(_ name: String?) -> Split? {
    switch name?.lowercased() {
    case "train": .training
    case "validate", "validation", "val": .validation
    case "test": .test
    default: nil
    }
  }
}
