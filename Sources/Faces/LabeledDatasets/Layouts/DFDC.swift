import Foundation

/// DFDC: `metadata.json` lists for each video beside it whether it is fake, and its original.
///
/// The test set has `labels.csv` instead (`filename`, `label`; 1 is fake). The videos are beside the
/// list or in `videos`, or are folders of frames in `frames`; those that are not there are skipped.
/// Identities are not listed; a video and its forgeries count as one identity.
enum DFDC {
  /// The metadata of one file.
  private struct Entry: Decodable {
    let label: String
    let split: String?
    let original: String?
  }

  private static let (listName, tableName) = ("metadata.json", "labels.csv")
  /// The lists are at most so many folders deep.
  private static let deepest = 3

  static func isLayout(of folder: PublicFolder) -> Bool { !lists(of: folder).isEmpty }

  /// The paths of the lists.
  private static func lists(of folder: PublicFolder) -> [String] {
    folder.files().filter { path in
      let parts = path.split(separator: "/")
      return parts.count <= deepest + 1
        && parts.last.map { $0 == listName || $0 == tableName } ?? false
    }
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    var all = LayoutContents()
    let lists = lists(of: folder)
    let parts = lists.map { $0.split(separator: "/").dropLast().joined(separator: "/") }
    for (list, part) in zip(lists, parts) {
      let inner = parts.filter { $0 != part && (part.isEmpty || $0.hasPrefix("\(part)/")) }
        .map { part.isEmpty ? $0 : String($0.dropFirst(part.count + 1)) }
      all.add(try contents(of: folder.subfolder(part), list, without: inner), in: part)
    }
    // A release of a single split leaves splitting to us.
    guard Set(all.items.map(\.split)).count < 2 else { return all }
    for index in all.items.indices { all.items[index].split = nil }
    return all
  }

  /// The contents of one folder with a list.
  ///
  /// - Parameter inner: the folders below it with lists of their own.
  private static func contents(
    of folder: PublicFolder, _ list: String, without inner: [String]
  ) throws(FacesError) -> LayoutContents {
    let entries = try entries(of: folder, list)
    var left = Set(entries.keys)
    var contents = LayoutContents()
    let listing = MediaListing(of: folder, in: "", hasFrames: true).without(inner)
    try contents.add(listing) { medium in
      let names = ["\(medium.name).mp4", MediaNames.file(medium.path)]
      guard let name = names.first(where: { entries[$0] != nil }), let entry = entries[name] else {
        return nil
      }
      left.remove(name)
      return item(medium, entry)
    }
    contents.skipped += Array(left).byteSorted.map { SkippedFile($0, .missing) }
    return contents
  }

  private static func entries(
    of folder: PublicFolder, _ list: String
  ) throws(FacesError) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    if list.hasSuffix(tableName) {
      guard let table = try folder.table(tableName), let name = table.column("filename"),
        let label = table.column("label")
      else { throw folder.refusal("'\(tableName)' lacks the columns 'filename' and 'label'") }
      let labels = ["0": "REAL", "1": "FAKE"]
      for row in table.rows {
        entries[row[name]] = Entry(
          label: labels[row[label]] ?? row[label], split: "test", original: nil)
      }
    } else {
      entries = try folder.json(listName, as: [String: Entry].self) ?? [:]
    }
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard FaceEntry.isInside(name) else {
        throw folder.refusal("'\(name)' is outside the folder")
      }
      guard ["REAL", "FAKE"].contains(entry.label.uppercased()) else {
        throw folder.refusal("'\(name)' is labeled '\(entry.label)', not REAL or FAKE")
      }
    }
    return entries
  }

  private static func item(_ medium: Medium, _ entry: Entry) -> PublicItem {
    let original = entry.original.map { MediaNames.stem($0) } ?? medium.name
    var item =
      entry.label.uppercased() == "REAL"
      ? PublicItem(real: medium, identity: medium.name, clip: medium.name)
      : PublicItem(medium, .fake, "dfdc", [original], [original])
    item.split = split(entry.split)
    return item
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
