import Engine

/// A public dataset in its own folder, read without modifying it.
public struct PublicSet: Sendable {
  /// The folder: the given one, or one in it.
  public let path: String
  /// The layout.
  public let layout: PublicLayout
  /// Its pictures and videos, in order.
  public let items: [PublicItem]
  /// The files that are not among them, in order.
  public let skipped: [SkippedFile]
  /// How many items the list of identities does not name; 0 without a list.
  public let unlisted: Int

  private let rule: String

  /// The layout may be so many folders deep, if each is alone in the one around it.
  private static let deepest = 3

  /// Scans a folder.
  ///
  /// - Parameters:
  ///   - layout: the layout; nil to detect it from the names.
  ///   - identities: how to tell who is the same person.
  public init(
    reading path: String, layout: PublicLayout? = nil, identities: IdentityRule = .layout
  ) throws(FacesError) {
    let (folder, layout) = try PublicSet.found(in: path, layout)
    (self.path, self.layout) = (folder.path, layout)
    let contents = try layout.contents(of: folder)
    let all = contents.items.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    guard let first = all.first else {
      throw .unknownLayout(
        path: path, reason: "no pictures or videos where \(layout.name) has them")
    }
    guard all.contains(where: { $0.label != first.label }) else {
      throw .oneClassLayout(path: path, layout: layout, label: first.label, count: all.count)
    }
    (items, unlisted) = try identities.applied(to: all, layout)
    rule = identities.clause(layout)
    skipped = PublicSet.skipped(contents, in: folder)
  }

  /// The folder of the dataset, and its layout.
  private static func found(
    in path: String, _ layout: PublicLayout?
  ) throws(FacesError) -> (PublicFolder, PublicLayout) {
    let given = try PublicFolder(listing: path)
    var folder = given
    for _ in 0...deepest {
      if let layout = layout ?? PublicLayout(of: folder), layout.isLayout(of: folder) {
        return (folder, layout)
      }
      let inner = folder.folders()
      guard inner.count == 1 else { break }
      folder = try PublicFolder(listing: FolderListing.path(of: inner[0], in: folder.path))
    }
    guard let layout else {
      throw .unknownLayout(path: path, reason: "no folder or file of a supported layout")
    }
    return (given, layout)
  }

  /// All files that could be samples and are not, in order.
  private static func skipped(
    _ contents: LayoutContents, in folder: PublicFolder
  ) -> [SkippedFile] {
    let tree = folder.tree
    var skipped = contents.skipped
    skipped += tree.broken.filter(MediaNames.isMedium).map { SkippedFile($0, .broken) }
    skipped += tree.loops.map { SkippedFile($0, .loop) }
    skipped += tree.unreadable.map { SkippedFile($0, .unreadable) }
    let known = Set(contents.items.flatMap(\.files))
    let named = Set(skipped.map(\.path))
    let rest = MediaListing(of: folder, in: "", hasFrames: false)
    let left = rest.media.flatMap { $0.frames.isEmpty ? [$0.path] : $0.frames }
    skipped += left.filter { path in
      let parent = path.split(separator: "/").dropLast().joined(separator: "/")
      return !known.contains(path) && !named.contains(path) && !named.contains(parent)
    }.map { SkippedFile($0, .unnamed) }
    skipped += rest.skipped.filter { $0.reason == .unfinished && !named.contains($0.path) }
    return skipped.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The dataset with a split for each item, and the items that had to be omitted.
  ///
  /// The dataset's own lists come first. Unlisted items that share an identity or clip with listed
  /// ones are omitted, because they would leak; the others are assigned by whole identity groups to
  /// the splits that the lists do not fill. Lists that leak are refused.
  public func divided(
    _ shares: SplitRatios, seed: UInt64
  ) throws(FacesError) -> (items: [PublicItem], left: [PublicItem]) {
    let listed = items.filter { $0.split != nil }
    let claimed = Set(listed.flatMap(\.links))
    var (free, left): ([PublicItem], [PublicItem]) = ([], [])
    for item in items where item.split == nil {
      if claimed.isDisjoint(with: item.links) { free.append(item) } else { left.append(item) }
    }
    guard !free.isEmpty else {
      try LabeledDataset.check(listed.map(\.sample), path, rule: rule)
      return (listed, left)
    }
    let own = shares.without(Set(listed.compactMap(\.split))) ?? shares
    let groups = IdentityGroups(free.map(\.links))
    var weights = [Int](repeating: 0, count: groups.count)
    for item in free { weights[groups[item.links[0]]] += 1 }
    let assignment = try SplitAssignment(
      groups, weights: weights, shares: own, randomness: RandomSource(seed: seed))
    let chosen = free.map { item in
      var item = item
      item.split = assignment.splits[groups[item.links[0]]]
      return item
    }
    let all = (listed + chosen).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    try LabeledDataset.check(all.map(\.sample), path, rule: rule)
    return (all, left)
  }
}

extension LabeledDataset {
  /// The pictures of a public dataset, in place; videos are ignored.
  public init(
    _ set: PublicSet, shares: SplitRatios = .usual, seed: UInt64 = 1
  ) throws(FacesError) {
    let items = try set.divided(shares, seed: seed).items
    let samples = items.filter { $0.isPicture(in: set.path) || !$0.frames.isEmpty }.flatMap {
      item in
      item.files.map { file in
        var sample = item.sample
        sample.path = file
        return sample
      }
    }
    try self.init(samples, in: set.path)
  }
}
