public import Engine

/// Which split each group of people and clips gets.
public struct SplitAssignment: Equatable, Sendable {
  /// The split of each group, by its number.
  public let splits: [Split]

  /// Fills the splits with whole groups, each time the one that lacks most.
  ///
  /// The heaviest groups come first, equal ones in an order that follows from `randomness`; every
  /// split that has a share gets a group.
  ///
  /// - Parameters:
  ///   - groups: which people and clips belong together.
  ///   - weights: how much each group counts, such as its people or pictures.
  public init(
    _ groups: KinGroups, weights: [Int], shares: SplitShares, randomness: RandomSource
  ) throws(FacesError) {
    precondition(weights.count == groups.count, "\(weights.count) weights")
    let wanted = shares.splits
    guard groups.count >= wanted.count else {
      throw .tooFewGroups(
        shares: shares.description, people: groups.people.reduce(0, +), groups: groups.count,
        needed: wanted.count)
    }
    var chance = randomness
    var order = Array(0..<groups.count)
    order.shuffle(using: &chance)
    let ranks = Dictionary(uniqueKeysWithValues: zip(order, 0...))
    order.sort {
      weights[$0] != weights[$1]
        ? weights[$0] > weights[$1] : ranks[$0, default: 0] < ranks[$1, default: 0]
    }
    let total = Double(weights.reduce(0, +))
    var filled: [Split: Double] = [:]
    var splits = [Split](repeating: .training, count: groups.count)
    for (place, group) in order.enumerated() {
      let empty = wanted.filter { filled[$0] == nil }
      let open = empty.count == order.count - place ? empty : wanted
      let lacking = open.map { (split: $0, lack: shares[$0] * total - filled[$0, default: 0]) }
      // The first of those that lack most: `max` would take the last.
      guard let most = lacking.map(\.lack).max(),
        let split = lacking.first(where: { $0.lack == most })?.split
      else { continue }
      filled[split, default: 0] += Double(weights[group])
      splits[group] = split
    }
    self.splits = splits
  }
}
