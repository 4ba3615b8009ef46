import Engine

/// A public dataset in its own folder, read without modifying it.
public struct PublicSet: Sendable {
  /// The folder, as given.
  public let path: String
  /// The layout.
  public let layout: PublicLayout
  /// Its pictures and videos, in order.
  public let items: [PublicItem]

  /// Scans a folder.
  ///
  /// - Parameter layout: the layout; nil to detect it from the names.
  public init(reading path: String, layout: PublicLayout? = nil) throws(FacesError) {
    let folder = PublicFolder(path: path)
    guard folder.holds(".") else { throw .missingFolder(path: path) }
    guard let layout = layout ?? PublicLayout(of: path) else {
      throw .unknownLayout(path: path, reason: "no folder or file of a supported layout")
    }
    (self.path, self.layout) = (path, layout)
    items = try layout.items(of: folder)
    guard !items.isEmpty else {
      throw .unknownLayout(
        path: path, reason: "no pictures or videos where \(layout.name) has them")
    }
  }

  /// The dataset with a split for each item, and the number of items that had to be omitted.
  ///
  /// The dataset's own lists come first. Unlisted items that share an identity or clip with listed
  /// ones are omitted, because they would leak; the others are assigned by whole identity groups to
  /// the splits that the lists do not fill. Lists that leak are refused.
  public func divided(
    _ shares: SplitRatios, seed: UInt64
  ) throws(FacesError) -> (items: [PublicItem], left: Int) {
    let listed = items.filter { $0.split != nil }
    let claimed = Set(listed.flatMap(\.kin))
    let free = items.filter { $0.split == nil && claimed.isDisjoint(with: $0.kin) }
    let left = items.count - listed.count - free.count
    guard !free.isEmpty else {
      try LabeledDataset.check(listed.map(\.sample), path)
      return (listed, left)
    }
    let own = shares.without(Set(listed.compactMap(\.split))) ?? shares
    let groups = IdentityGroups(free.map(\.kin))
    var weights = [Int](repeating: 0, count: groups.count)
    for item in free { weights[groups[item.kin[0]]] += 1 }
    let assignment = try SplitAssignment(
      groups, weights: weights, shares: own, randomness: RandomSource(seed: seed))
    let chosen = free.map { item in
      var item = item
      item.split = assignment.splits[groups[item.kin[0]]]
      return item
    }
    let all = (listed + chosen).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    try LabeledDataset.check(all.map(\.sample), path)
    return (all, left)
  }
}

extension LabeledDataset {
  /// The pictures of a public dataset, in place; videos are ignored.
  public init(
    _ set: PublicSet, shares: SplitRatios = .usual, seed: UInt64 = 1
  ) throws(FacesError) {
    let samples = try set.divided(shares, seed: seed).items
      .filter { $0.isPicture(in: set.path) }.map(\.sample)
    try self.init(samples, in: set.path)
  }
}
