/// Folders `real` and `fake`, side by side, or one such pair in each of `train`, `val` and `test`.
///
/// A subfolder is an identity and a clip; subfolders of the same name under `real` and `fake` are
/// the same identity. A file without a subfolder uses its name without the trailing number:
/// `anna_0001.jpg` and `anna_0002.jpg` are one clip. A name that is a number alone, or a number after
/// a word such as `real` or `image`, says nothing about identities: each such file is one of its own,
/// but `real/7.mp4` and `fake/7.mp4` are the same.
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
  /// Words before a number that name no one.
  private static let words: Set<String> = [
    "real", "fake", "image", "img", "picture", "pic", "photo", "face", "frame", "sample", "video",
    "clip", "easy", "mid", "hard",
  ]

  static func isLayout(of folder: PublicFolder) -> Bool { !pairs(of: folder).isEmpty }

  /// The pairs in a folder; none if it does not have this layout.
  static func pairs(of folder: PublicFolder) -> [Pair] {
    let own = pair(in: "", nil, folder).map { [$0] } ?? []
    return own
      + folder.folders().compactMap { name in
        splits.first { $0.name == name.lowercased() }.flatMap { pair(in: name, $0.split, folder) }
      }
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    var contents = LayoutContents()
    for pair in pairs(of: folder) {
      for (part, label) in [(pair.real, Label.real), (pair.fake, .fake)] {
        let around = pair.split == nil ? "" : "\(part.split(separator: "/")[0])/"
        let listing = MediaListing(of: folder, in: part, hasFrames: false)
        try contents.add(listing) { medium in
          let place = String(medium.path.dropFirst(part.count + 1))
          let who = identity(of: medium, place: place, around)
          var item = PublicItem(
            medium, label, label == .real ? Sample.real : "unknown", [who], [who])
          (item.split, item.place) = (pair.split, place)
          return item
        }
      }
    }
    return contents
  }

  private static func pair(in part: String, _ split: Split?, _ folder: PublicFolder) -> Pair? {
    guard let real = folder.folders(named: ["real"], in: part).first,
      let fake = folder.folders(named: ["fake"], in: part).first
    else { return nil }
    let prefix = part.isEmpty ? "" : "\(part)/"
    return Pair(real: prefix + real, fake: prefix + fake, split: split)
  }

  /// The identity or clip of a file.
  ///
  /// - Parameters:
  ///   - place: its path below `real` or `fake`.
  ///   - around: what tells its number from those of another split.
  private static func identity(of medium: Medium, place: String, _ around: String) -> String {
    let parts = place.split(separator: "/").map(String.init)
    guard medium.frames.isEmpty else {
      // UADFV's forgery of 0001 is 0001_fake; the folder `frames` says nothing.
      return parts.filter { !["frames", "frames_all"].contains($0.lowercased()) }
        .map { $0.hasSuffix("_fake") ? String($0.dropLast(5)) : $0 }.joined(separator: "/")
    }
    let folders = parts.dropLast().filter { $0.lowercased() != "videos" }
    guard folders.isEmpty else { return folders.joined(separator: "/") }
    let name = medium.name
    var bare = name[...]
    if bare.last == ")" { bare.removeLast() }
    while bare.last?.isNumber ?? false { bare.removeLast() }
    while bare.last.map({ "_-. (".contains($0) }) ?? false { bare.removeLast() }
    guard !bare.isEmpty, !words.contains(bare.lowercased()) else {
      let isClass = ["real", "fake"].contains(bare.lowercased())
      return around + (isClass ? name.filter(\.isNumber) : name)
    }
    return medium.isVideo ? name : String(bare)
  }
}
