public import Engine

/// The split of each identity group.
public struct SplitAssignment: Equatable, Sendable {
  /// The split of each group, by its number.
  public let splits: [Split]

  /// Fills the splits with whole groups, each time the one with the largest deficit.
  ///
  /// The heaviest groups come first, equal ones in random order; every split with a share gets a
  /// group. Rare groups are assigned first and separately, so that every split gets some if there
  /// are enough.
  ///
  /// - Parameters:
  ///   - groups: the identity groups.
  ///   - weights: the weight of each group, such as its number of identities or samples.
  ///   - rare: the groups that every split should contain, such as those with a swap model.
  public init(
    _ groups: IdentityGroups, weights: [Int], rare: Set<Int> = [], shares: SplitRatios,
    randomness: RandomSource
  ) throws(FacesError) {
    precondition(weights.count == groups.count, "\(weights.count) weights")
    let wanted = shares.splits
    guard groups.count >= wanted.count else {
      throw .tooFewGroups(
        shares: shares.description, people: groups.people.reduce(0, +), groups: groups.count,
        needed: wanted.count)
    }
    var chance = randomness
    let order = SplitAssignment.order(weights, from: &chance)
    let first = rare.count < wanted.count ? [] : order.filter(rare.contains)
    let rest = order.filter { !first.contains($0) }
    var splits = [Split](repeating: .training, count: groups.count)
    for part in [first, rest] {
      let needsAll = part == first || first.isEmpty
      SplitAssignment.divide(part, weights, shares, needsAll: needsAll, into: &splits)
    }
    self.splits = splits
  }

  /// The groups by weight, heaviest first, equal ones shuffled.
  private static func order(_ weights: [Int], from chance: inout RandomSource) -> [Int] {
    var order = Array(weights.indices)
    order.shuffle(using: &chance)
    let ranks = Dictionary(uniqueKeysWithValues: zip(order, 0...))
    order.sort {
      weights[$0] != weights[$1]
        ? weights[$0] > weights[$1] : ranks[$0, default: 0] < ranks[$1, default: 0]
    }
    return order
  }

  /// Assigns groups to the splits by their shares.
  ///
  /// - Parameter needsAll: whether every split must get one.
  private static func divide(
    _ order: [Int], _ weights: [Int], _ shares: SplitRatios, needsAll: Bool,
    into splits: inout [Split]
  ) {
    let total = Double(order.reduce(0) { $0 + weights[$1] })
    var filled: [Split: Double] = [:]
    for (place, group) in order.enumerated() {
      let empty = shares.splits.filter { filled[$0] == nil }
      let open = needsAll && empty.count == order.count - place ? empty : shares.splits
      let lacking = open.map { (split: $0, lack: shares[$0] * total - filled[$0, default: 0]) }
      // The first of those with the largest deficit: `max` would take the last.
      guard let most = lacking.map(\.lack).max(),
        let split = lacking.first(where: { $0.lack == most })?.split
      else { continue }
      filled[split, default: 0] += Double(weights[group])
      splits[group] = split
    }
  }
}
