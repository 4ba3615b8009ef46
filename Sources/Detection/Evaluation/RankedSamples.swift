import Faces
import Foundation

/// Samples sorted by score, so that one scan computes every metric for any weights.
///
/// The bootstrap draws thousands of times, but sorts only once.
struct RankedSamples: Sendable {
  /// The number of groups; weights are given by group.
  let groupCount: Int
  /// The numbers of real and fake samples in each group.
  private let realsOfGroup, fakesOfGroup: [Int]
  /// The samples, highest score first.
  private let samples: [Sample]

  private struct Sample {
    let group: Int
    let isFake, isCalledFake: Bool
    /// True if the next score is lower, or there is none.
    let endsTie: Bool
    let probability, logLoss: Double
    let bin: Int
  }

  /// - Parameter threshold: the probability at and above which a sample is called fake.
  init(_ scored: ScoredSamples<some EvaluationLevel>, threshold: Double) {
    let names = Set(scored.groups).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    let scores = scored.scores
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    var reals = [Int](repeating: 0, count: names.count)
    var fakes = reals
    var samples: [Sample] = []
    samples.reserveCapacity(order.count)
    for (position, index) in order.enumerated() {
      let isFake = scored.labels[index] == .fake
      let group = numbers[scored.groups[index]] ?? 0
      if isFake { fakes[group] += 1 } else { reals[group] += 1 }
      let probability = scored.probabilities[index]
      let kept = min(max(isFake ? probability : 1 - probability, .ulpOfOne), 1 - .ulpOfOne)
      let isLast = position + 1 == order.count
      samples.append(
        Sample(
          group: group, isFake: isFake, isCalledFake: probability >= threshold,
          endsTie: isLast || scores[order[position + 1]] < scores[index],
          probability: probability, logLoss: -log(kept), bin: ReliabilityBin.index(of: probability)
        ))
    }
    (groupCount, realsOfGroup, fakesOfGroup, self.samples) = (names.count, reals, fakes, samples)
  }

  /// All metrics with the given group weights; nil if undefined.
  func values(weights: [Int]) -> MetricValues {
    var (reals, fakes) = (0, 0)
    for group in 0..<groupCount {
      reals += weights[group] * realsOfGroup[group]
      fakes += weights[group] * fakesOfGroup[group]
    }
    var walk = RankingScan(reals: Double(reals), fakes: Double(fakes))
    var called = (real: 0, fake: 0)
    var (squares, logLoss) = (0.0, 0.0)
    var excess = [Double](repeating: 0, count: ReliabilityBin.count)
    for sample in samples {
      let weight = weights[sample.group]
      if weight > 0 {
        let weight = Double(weight)
        let error = sample.probability - (sample.isFake ? 1 : 0)
        squares += weight * error * error
        logLoss += weight * sample.logLoss
        excess[sample.bin] += weight * error
        walk.pass(weight, isFake: sample.isFake)
      }
      if sample.isCalledFake {
        if sample.isFake { called.fake += weight } else { called.real += weight }
      }
      if sample.endsTie { walk.endTie() }
    }
    let count = Double(reals + fakes)
    var result = MetricValues()
    result.addDecisions(called: called, reals: reals, fakes: fakes)
    walk.add(to: &result)
    guard count > 0 else { return result }
    result[.brier] = squares / count
    result[.logLoss] = logLoss / count
    result[.calibrationError] = excess.reduce(0) { $0 + abs($1) } / count
    return result
  }
}
