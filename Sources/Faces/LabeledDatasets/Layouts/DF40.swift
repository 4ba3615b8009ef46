/// DF40: a folder for each method, in it `ff` and `cdf` (forgeries of FaceForensics++ and of Celeb-DF) or,
/// of the methods with sources of their own, `fake` and `real`.
///
/// The methods are in the folder or in `DF40` and `DF40_train`. The real clips of the first kind are
/// those of FaceForensics++ and Celeb-DF in their own layouts, in any folder beside the methods.
enum DF40 {
  private static let domains: Set<String> = ["ff", "cdf"]
  private static let classes: Set<String> = ["real", "fake"]
  private static let releases: [(name: String, split: Split)] = [
    ("DF40", .test), ("DF40_train", .training),
  ]

  static func isLayout(of folder: PublicFolder) -> Bool { !parts(of: folder).isEmpty }

  /// The folders of the methods, and what each is for.
  private static func parts(of folder: PublicFolder) -> [(name: String, split: Split?)] {
    func holdsMethods(_ part: String) -> Bool {
      folder.folders(in: part).contains { name in
        !folder.folders(named: domains, in: part.isEmpty ? name : "\(part)/\(name)").isEmpty
      }
    }
    let found = releases.filter { holdsMethods($0.name) }
    if found.isEmpty { return holdsMethods("") ? [("", nil)] : [] }
    // One release alone leaves splitting to us.
    return found.map { ($0.name, found.count > 1 ? $0.split : nil) }
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    var contents = LayoutContents()
    for (part, split) in parts(of: folder) {
      for method in folder.folders(in: part) {
        let place = part.isEmpty ? method : "\(part)/\(method)"
        for domain in folder.folders(named: domains.union(classes), in: place) {
          let listing = MediaListing(of: folder, in: "\(place)/\(domain)", hasFrames: true)
          try contents.add(listing) { medium in
            var item = item(medium, method.lowercased(), domain.lowercased())
            item.split = split
            return item
          }
        }
      }
    }
    let real = try PublicCollection.contents(of: folder, layouts: [.faceForensics, .celebDF])
    let splits = splits(of: contents.items)
    contents.items += real.items.map { item in
      var item = item
      let own = item.identities.reduce(into: Set<Split>()) { $0.formUnion(splits[$1] ?? []) }
      if item.split == nil, own.count == 1 { item.split = own.first }
      return item
    }
    contents.skipped += real.skipped
    return contents
  }

  private static func item(_ medium: Medium, _ method: String, _ domain: String) -> PublicItem {
    let own = ["\(method)/\(medium.name)"]
    switch domain {
    case "ff":
      let sources =
        FaceForensics.pair(medium.name) ?? FaceForensics.source(medium.name).map { [$0] }
      return PublicItem(
        medium, .fake, method, sources?.map { $0.identity } ?? own, sources?.map { $0.clip } ?? own)
    case "cdf":
      let isYouTube = FaceForensics.isNumber(medium.name)
      let sources = CelebDF.sources(medium.name, isYouTube: isYouTube)
      return PublicItem(
        medium, .fake, method, sources?.identities ?? own, sources?.clips ?? own)
    case "fake": return PublicItem(medium, .fake, method, own, own)
    default: return PublicItem(real: medium, identity: own[0], clip: own[0])
    }
  }

  /// The splits of each identity's forgeries.
  private static func splits(of forgeries: [PublicItem]) -> [String: Set<Split>] {
    var splits: [String: Set<Split>] = [:]
    for item in forgeries {
      guard let split = item.split else { continue }
      for identity in item.identities { splits[identity, default: []].insert(split) }
    }
    return splits
  }
}
