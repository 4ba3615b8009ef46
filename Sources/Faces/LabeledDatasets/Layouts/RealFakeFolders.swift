/// Folders `real` and `fake`, side by side, or one such pair in each of `train`, `val` and `test`.
///
/// A subfolder is an identity and a clip; subfolders of the same name under `real` and `fake` are
/// the same identity. A file without a subfolder uses its name without the trailing number:
/// `anna_0001.jpg` and `anna_0002.jpg` are one clip.
enum RealFakeFolders {
  /// Two folders of one split.
  struct Pair {
    let real, fake: String
    let split: Split?
  }

  private static let splits: [(name: String, split: Split)] = [
    ("train", .training), ("training", .training), ("val", .validation), ("valid", .validation),
    ("validation", .validation), ("test", .test), ("testing", .test),
  ]

  /// The pairs in a folder; none if it does not have this layout.
  static func pairs(of folder: PublicFolder) -> [Pair] {
    let own = pair(in: "", nil, folder).map { [$0] } ?? []
    return own
      + folder.folders().compactMap { name in
        splits.first { $0.name == name.lowercased() }.flatMap { pair(in: name, $0.split, folder) }
      }
  }

  static func items(of folder: PublicFolder) throws(FacesError) -> [PublicItem] {
    var items: [PublicItem] = []
    for pair in pairs(of: folder) {
      for (part, label) in [(pair.real, Label.real), (pair.fake, .fake)] {
        for path in try folder.media(in: part) {
          let who = owner(of: String(path.dropFirst(part.count + 1)))
          var item = PublicItem(path, label, label == .real ? Sample.real : "unknown", [who], [who])
          item.split = pair.split
          items.append(item)
        }
      }
    }
    return items
  }

  private static func pair(in part: String, _ split: Split?, _ folder: PublicFolder) -> Pair? {
    let names = folder.folders(in: part)
    guard let real = names.first(where: { $0.lowercased() == "real" }),
      let fake = names.first(where: { $0.lowercased() == "fake" })
    else { return nil }
    let prefix = part.isEmpty ? "" : "\(part)/"
    return Pair(real: prefix + real, fake: prefix + fake, split: split)
  }

  /// The identity or clip of a file, from its path below `real` or `fake`.
  private static func owner(of path: String) -> String {
    let parts = path.split(separator: "/")
    guard parts.count == 1 else { return parts.dropLast().joined(separator: "/") }
    let stem = MediaNames.stem(path)
    guard MediaNames.isPicture(path) else { return stem }
    let bare = stem.reversed().drop { $0.isNumber }.drop { "_-. ".contains($0) }
    return bare.isEmpty ? "unnamed" : String(bare.reversed())
  }
}
