/// Groups of identities and clips that must stay together: connected components of their links.
///
/// Union-find; the smaller number stays the root (Tarjan 1975 has the bounds).
public struct IdentityGroups: Sendable {
  private let numbers: [IdentityLink: Int]
  /// The number of groups.
  public let count: Int
  /// The number of identities in each group.
  public let people: [Int]

  /// - Parameter ties: sets of identities and clips that belong together; the groups are numbered
  ///   from 0 in order of first appearance.
  public init(_ ties: [[IdentityLink]]) {
    var places: [IdentityLink: Int] = [:]
    var parents: [Int] = []
    func root(_ place: Int) -> Int {
      var place = place
      while parents[place] != place {
        parents[place] = parents[parents[place]]
        place = parents[place]
      }
      return place
    }
    for tie in ties {
      var first: Int?
      for link in tie {
        let place = places[link] ?? parents.count
        if place == parents.count {
          places[link] = place
          parents.append(place)
        }
        let (one, other) = (root(first ?? place), root(place))
        parents[max(one, other)] = min(one, other)
        first = place
      }
    }
    var ranks: [Int: Int] = [:]
    for place in parents.indices where parents[place] == place { ranks[place] = ranks.count }
    numbers = places.mapValues { ranks[root($0)] ?? 0 }
    count = ranks.count
    var people = [Int](repeating: 0, count: ranks.count)
    for case (.person, let number) in numbers { people[number] += 1 }
    self.people = people
  }

  /// The group of an identity or clip that occurred in `ties`.
  public subscript(link: IdentityLink) -> Int {
    guard let number = numbers[link] else { preconditionFailure("\(link) was never named") }
    return number
  }
}
