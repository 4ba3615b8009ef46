import Foundation

/// The tree-structured Parzen estimator, multivariate, with the defaults of Optuna 5.
///
/// The better tenth of the trials, at most 25, gives the density l(x), the others g(x); of some draws
/// from l, the one with the greatest l(x) / g(x) is suggested. Trials that run count among the others, so
/// that processes side by side do not all try the same ("constant liar").
public struct TreeParzenSampler: Sendable {
  /// Trials that are drawn uniformly before the first estimate.
  public var startupTrials = 10
  /// Draws from l(x) for each suggestion.
  public var candidates = 24

  public init(startupTrials: Int = 10, candidates: Int = 24) {
    (self.startupTrials, self.candidates) = (startupTrials, candidates)
  }

  /// How many of some trials count as good.
  static func goodCount(of count: Int) -> Int { min(Int((0.1 * Double(count)).rounded(.up)), 25) }

  /// A number for each parameter.
  ///
  /// - Parameter trials: the history; failed and waiting ones are ignored.
  public func suggestion(
    after trials: [SearchTrial], _ direction: SearchDirection, in space: SearchSpace,
    using source: inout some RandomNumberGenerator
  ) -> [String: Double] {
    let finished = trials.count { $0.state == .complete || $0.state == .pruned }
    // Parameters of one value alone are left to the random sampler, which draws it.
    var numbers = RandomSampler().suggestion(in: space, using: &source)
    let varying = space.varying
    guard finished >= startupTrials, !varying.isEmpty else { return numbers }
    let (good, bad) = TreeParzenSampler.estimators(of: trials, direction, in: varying)
    var best: (numbers: [String: Double], gain: Double)?
    for _ in 0..<candidates {
      let draw = good.draw(using: &source)
      let gain = good.logDensity(draw) - bad.logDensity(draw)
      if best.map({ gain > $0.gain }) ?? true { best = (draw, gain) }
    }
    if let best { numbers.merge(best.numbers) { $1 } }
    return numbers
  }

  /// The densities l(x) and g(x) of a history.
  ///
  /// - Parameter space: parameters of more than one value.
  public static func estimators(
    of trials: [SearchTrial], _ direction: SearchDirection, in space: SearchSpace
  ) -> (good: ParzenEstimator, bad: ParzenEstimator) {
    let (good, bad) = divided(trials, direction)
    func estimator(_ trials: [SearchTrial]) -> ParzenEstimator {
      let observed = trials.map(\.parameters).filter { numbers in
        space.allSatisfy { name, distribution in
          numbers[name].map { isUsable($0, of: distribution) } ?? false
        }
      }
      return ParzenEstimator(of: observed, in: space)
    }
    return (estimator(good), estimator(bad))
  }

  /// A number that a kernel can be made of: in a narrowed range, older trials may lie outside.
  private static func isUsable(_ number: Double, of distribution: ParameterDistribution) -> Bool {
    switch distribution {
    case .float(_, _, _, let isLog), .int(_, _, _, let isLog): !isLog || number > 0
    case .categorical: distribution.contains(number)
    }
  }

  /// The better trials and the others, each in the order of their numbers.
  ///
  /// Complete trials are better than pruned ones, and those the better the later they were pruned.
  static func divided(
    _ trials: [SearchTrial], _ direction: SearchDirection
  ) -> (good: [SearchTrial], bad: [SearchTrial]) {
    let sign = direction == .maximize ? -1.0 : 1.0
    let trials = trials.sorted { $0.number < $1.number }
    let complete = trials.filter { $0.state == .complete }
      .sortedStably { sign * ($0.value ?? .infinity) }
    let pruned = trials.filter { $0.state == .pruned }.sortedStably { trial -> PrunedRank in
      guard let step = trial.lastStep, let value = trial.reports[step] else {
        return PrunedRank(step: 1, value: 0)
      }
      return PrunedRank(step: -step, value: value.isNaN ? .infinity : sign * value)
    }
    let ranked = complete + pruned
    let count = goodCount(of: ranked.count)
    let running = trials.filter { $0.state == .running }
    return (
      ranked.prefix(count).sorted { $0.number < $1.number },
      (ranked.dropFirst(count) + running).sorted { $0.number < $1.number }
    )
  }
}

/// The order of pruned trials.
private struct PrunedRank: Comparable {
  let step: Int
  let value: Double

  static func < (one: PrunedRank, other: PrunedRank) -> Bool {
    (one.step, one.value) < (other.step, other.value)
  }
}

extension [SearchTrial] {
  /// The trials by a rank; equal ones keep their order.
  fileprivate func sortedStably(by rank: (SearchTrial) -> some Comparable) -> [SearchTrial] {
    let ranks = map(rank)
    return indices.sorted { one, other in
      ranks[one] == ranks[other] ? one < other : ranks[one] < ranks[other]
    }.map { self[$0] }
  }
}
