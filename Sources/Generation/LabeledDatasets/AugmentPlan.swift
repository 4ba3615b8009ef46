public import Engine
public import Faces

/// The plan of a labeled dataset, determined by faces, methods and seed.
///
/// Samples come in units: a random face with real samples and fakes of it, so that no property of
/// the face itself separates the classes. The n-th real sample and the n-th fake of a unit have the
/// same degradations. A larger number of samples leaves existing ones unchanged.
public struct AugmentPlan: Sendable {
  /// One sample.
  public struct Entry: Equatable, Sendable {
    /// The unit, and the position that determines its degradations.
    public let unit, member: Int
    /// The real face.
    public let face: Int
    /// Nil for a real sample.
    public let method: ForgeryMethod?
    public let split: Split
  }

  /// The samples, in order.
  public private(set) var entries: [Entry] = []
  private let pools: [Split: Pool]

  /// - Parameters:
  ///   - pools: the possible samples of each split.
  public init(
    count: Int, pools: [Split: Pool], recipe: AugmentRecipe, shares: SplitRatios, ratio: Double,
    randomness: RandomSource
  ) {
    self.pools = pools
    var decks = pools.mapValues { BalancedSampler($0) }
    var given: [Split: Int] = [:]
    let (fakesPerUnit, realsPerUnit) = (max(1, ratio), max(1, 1 / ratio))
    var unit = 0
    while entries.count < count {
      var chance = randomness.split(unit)
      let split = AugmentPlan.next(shares, given, unit)
      given[split, default: 0] += 1
      guard let (method, face) = decks[split]?.draw(recipe, chance: &chance) else { break }
      func number(_ each: Double) -> Int { Int(Double(unit + 1) * each) - Int(Double(unit) * each) }
      var members = (0..<number(realsPerUnit)).map {
        Entry(unit: unit, member: $0, face: face, method: nil, split: split)
      }
      members += (0..<number(fakesPerUnit)).map {
        Entry(unit: unit, member: $0, face: face, method: method, split: split)
      }
      // The position in the dataset must not reveal the label.
      members.shuffle(using: &chance)
      entries += members
      unit += 1
    }
    entries = Array(entries.prefix(count))
  }

  /// The possible donors of a split.
  public func donors(in split: Split) -> [Int] { pools[split]?.faces ?? [] }

  /// The split with the largest deficit.
  private static func next(_ shares: SplitRatios, _ given: [Split: Int], _ unit: Int) -> Split {
    let wanted = shares.splits
    let lacks = wanted.map { shares[$0] * Double(unit + 1) - Double(given[$0, default: 0]) }
    guard let most = lacks.max(), let place = lacks.firstIndex(of: most) else { return .training }
    return wanted[place]
  }
}

extension AugmentPlan {
  /// The possible samples of one split.
  public struct Pool: Sendable {
    /// The faces of the split.
    public let faces: [Int]
    /// The faces that each method can be applied to, by identity.
    public let possible: [ForgeryMethod: [[Int]]]
    /// The weight of each of these identities.
    let weights: [ForgeryMethod: [Int]]

    /// - Parameter identityWeights: how often identities are drawn; 1 for others.
    public init(
      _ faces: [Int], _ forger: Forger, _ recipe: AugmentRecipe,
      weights identityWeights: [String: Int] = [:]
    ) {
      self.faces = faces
      var possible: [ForgeryMethod: [[Int]]] = [:]
      var weights: [ForgeryMethod: [Int]] = [:]
      // Donors of two identities show whether there is one for everybody.
      let donors = Pool.donors(faces, forger)
      for method in recipe.methods.methods {
        let fit = faces.filter { forger.obstacle(to: method, of: $0, donors: donors) == nil }
        guard !fit.isEmpty else { continue }
        let people = Dictionary(grouping: fit) { forger.faces[$0].identity }
        let sorted = people.sorted { $0.key < $1.key }
        possible[method] = sorted.map(\.value)
        weights[method] = sorted.map { identityWeights[$0.key] ?? 1 }
      }
      (self.possible, self.weights) = (possible, weights)
    }

    private static func donors(_ faces: [Int], _ forger: Forger) -> [Int] {
      let fit = faces.filter { forger.faces[$0].landmarks != nil }
      guard let first = fit.first else { return [] }
      let other = fit.first { forger.faces[$0].identity != forger.faces[first].identity }
      return [first] + (other.map { [$0] } ?? [])
    }
  }

  /// Samples faces so that all identities are as frequent as their weights, and all faces of an
  /// identity equally frequent.
  private struct BalancedSampler {
    private let possible: [ForgeryMethod: [[Int]]]
    private let weights: [ForgeryMethod: [Int]]
    private var people: [ForgeryMethod: [Int]] = [:]
    private var faces: [[Int]: [Int]] = [:]

    init(_ pool: Pool) { (possible, weights) = (pool.possible, pool.weights) }

    /// A method by its weight, and a face for it; nil if nothing is possible.
    mutating func draw(
      _ recipe: AugmentRecipe, chance: inout RandomSource
    ) -> (ForgeryMethod, Int)? {
      let methods = recipe.methods.methods.filter { possible[$0] != nil }
      let total = methods.reduce(0) { $0 + recipe.methods[$1] }
      var place = chance.uniform() * total
      let chosen = methods.first { method in
        place -= recipe.methods[method]
        return place < 0
      }
      guard let method = chosen ?? methods.last, let all = possible[method] else { return nil }
      if people[method]?.isEmpty ?? true {
        people[method] = all.indices.flatMap { person in
          [Int](repeating: person, count: weights[method]?[person] ?? 1)
        }.shuffled(using: &chance)
      }
      guard let person = people[method]?.popLast() else { return nil }
      if faces[all[person]]?.isEmpty ?? true {
        faces[all[person]] = all[person].shuffled(using: &chance)
      }
      return faces[all[person]]?.popLast().map { (method, $0) }
    }
  }
}
