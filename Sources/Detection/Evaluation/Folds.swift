public import Engine
public import Faces

/// A division of samples into folds of similar composition that keeps groups together.
public struct Folds: Equatable, Sendable {
  /// The number of folds.
  public let count: Int
  /// The fold of each sample, from 0.
  public let numbers: [Int]

  /// Divides samples at random: large groups first, each into the fold where its labels are
  /// scarcest.
  ///
  /// - Parameters:
  ///   - groups: the group of each sample; nil if samples are independent.
  ///   - count: at least 2.
  public init(
    of labels: [Label], groups: [String]? = nil, count: Int,
    randomness: RandomSource = RandomSource(seed: 1)
  ) throws(DetectionError) {
    precondition(count >= 2, "\(count) folds")
    precondition(groups.map { $0.count == labels.count } ?? true, "groups for other samples")
    var chance = randomness
    var bundles = Folds.bundles(labels, groups)
    try Folds.check(bundles, count)
    bundles.shuffle(using: &chance)
    // Swift's sort is stable.
    bundles.sort { $0.members.count > $1.members.count }
    let totals = ClassBalance(of: labels)
    var filled = [(real: Int, fake: Int)](repeating: (0, 0), count: count)
    var numbers = [Int](repeating: 0, count: labels.count)
    for bundle in bundles {
      let chosen = Folds.scarcest(filled, bundle, totals)
      filled[chosen].real += bundle.real
      filled[chosen].fake += bundle.fake
      for member in bundle.members { numbers[member] = chosen }
    }
    for fold in filled {
      let missing = fold.real == totals.real ? "real" : fold.fake == totals.fake ? "fake" : nil
      guard let missing else { continue }
      throw .tooFewGroups(label: missing, groups: 1, folds: count)
    }
    (self.count, self.numbers) = (count, numbers)
  }

  /// The samples of all folds but one, in order.
  public func training(without fold: Int) -> [Int] {
    numbers.indices.filter { numbers[$0] != fold }
  }

  /// The samples of one fold, in order.
  public func held(_ fold: Int) -> [Int] {
    numbers.indices.filter { numbers[$0] == fold }
  }

  /// Samples that stay together.
  private struct Bundle {
    var members: [Int] = []
    var (real, fake) = (0, 0)
  }

  private static func bundles(_ labels: [Label], _ groups: [String]?) -> [Bundle] {
    var numbers: [String: Int] = [:]
    var bundles: [Bundle] = []
    for (sample, label) in labels.enumerated() {
      var number = bundles.count
      if let group = groups?[sample] {
        number = numbers[group] ?? bundles.count
        numbers[group] = number
      }
      if number == bundles.count { bundles.append(Bundle()) }
      bundles[number].members.append(sample)
      if label == .fake { bundles[number].fake += 1 } else { bundles[number].real += 1 }
    }
    return bundles
  }

  private static func check(_ bundles: [Bundle], _ count: Int) throws(DetectionError) {
    let counts = [
      ("real", bundles.count { $0.real > 0 }), ("fake", bundles.count { $0.fake > 0 }),
    ]
    for (label, groups) in counts {
      guard groups > 0 else { throw .oneClass(purpose: "Cross-validation", missing: label) }
      guard groups >= count else {
        throw .tooFewGroups(label: label, groups: groups, folds: count)
      }
    }
  }

  /// The fold where a bundle increases the sum of squared shares least; in case of ties, the
  /// smallest.
  private static func scarcest(
    _ filled: [(real: Int, fake: Int)], _ bundle: Bundle, _ totals: ClassBalance
  ) -> Int {
    let reals = Double(bundle.real) / (Double(totals.real) * Double(totals.real))
    let fakes = Double(bundle.fake) / (Double(totals.fake) * Double(totals.fake))
    let costs = filled.map { fold in
      (Double(fold.real) * reals + Double(fold.fake) * fakes, fold.real + fold.fake)
    }
    return costs.indices.min { costs[$0] < costs[$1] } ?? 0
  }
}
