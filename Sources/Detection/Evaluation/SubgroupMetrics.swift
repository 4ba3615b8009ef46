import Engine
import Faces

/// How a detector does on subgroups of people who differ in one attribute, such as skin tone.
///
/// A sample belongs to the person of its original picture. Thresholds are those of all people.
public struct SubgroupMetrics: Codable, Equatable, Sendable {
  /// The attribute, as `people.csv` names it.
  public let attribute: String
  /// The people of one value each, in the order of the values.
  public let subgroups: [Subgroup]
  /// The highest value of each metric minus the lowest, with the interval of the difference between
  /// these two subgroups.
  ///
  /// They were picked for their values, so the interval is somewhat too narrow.
  public let gaps: Metrics

  /// The people of one value.
  public struct Subgroup: Codable, Equatable, Sendable {
    public let value: String
    public let identities, real, fake: Int
    public let metrics: Metrics
  }

  /// What is compared, per sample, with intervals by resampling source clips.
  public struct Metrics: Codable, Equatable, Sendable {
    public let auc: MetricEstimate
    /// The share of real samples that are called fake.
    public let falsePositives: MetricEstimate
    /// The share of fake samples that are called real.
    public let falseNegatives: MetricEstimate

    enum CodingKeys: String, CodingKey {
      case auc = "roc_auc"
      case falsePositives = "false_positive_rate"
      case falseNegatives = "false_negative_rate"
    }
  }

  /// The subgroups of an attribute; nil where samples show fewer than two.
  init?(
    _ attribute: String, of people: PeopleTable, _ scored: ScoredSamples<Frames>,
    _ samples: [Sample],
    threshold: Double
  ) {
    let places = Dictionary(grouping: samples.indices) { index in
      samples[index].identities.first.flatMap { people[$0, attribute] }
    }
    let values = places.keys.compactMap(\.self).sorted()
    guard values.count > 1 else { return nil }
    let measured = values.enumerated().map { number, value in
      Measured(scored, places[value] ?? [], threshold: threshold, number: number)
    }
    self.attribute = attribute
    subgroups = zip(values, measured).map { value, measured in
      let own = places[value] ?? []
      return Subgroup(
        value: value, identities: Set(own.compactMap { samples[$0].identities.first }).count,
        real: own.count { samples[$0].label == .real },
        fake: own.count { samples[$0].label == .fake },
        metrics: Metrics(
          auc: measured.estimate(of: \.auc),
          falsePositives: measured.estimate(of: \.falsePositives),
          falseNegatives: measured.estimate(of: \.falseNegatives)))
    }
    gaps = Metrics(
      auc: Measured.gap(of: \.auc, measured),
      falsePositives: Measured.gap(of: \.falsePositives, measured),
      falseNegatives: Measured.gap(of: \.falseNegatives, measured))
  }
}

/// The metrics of one subgroup, and of each bootstrap draw of its source clips.
private struct Measured {
  struct Values {
    var auc, falsePositives, falseNegatives: Double?
  }

  private let values: Values
  private let draws: [Values]

  /// - Parameter number: the subgroup's, so that each is resampled on its own.
  init(_ all: ScoredSamples<Frames>, _ places: [Int], threshold: Double, number: Int) {
    let scored = ScoredSamples<Frames>(
      probabilities: places.map { all.probabilities[$0] }, labels: places.map { all.labels[$0] },
      groups: places.map { all.groups[$0] })
    let ranked = RankedSamples(scored, threshold: threshold)
    let counts = ErrorCounts(scored, threshold: threshold)
    @Sendable func values(_ weights: [Int]) -> Values {
      let (positives, negatives) = counts.rates(weights: weights)
      return Values(
        auc: ranked.values(weights: weights)[.rocAUC], falsePositives: positives,
        falseNegatives: negatives)
    }
    self.values = values([Int](repeating: 1, count: ranked.groupCount))
    var bootstrap = Bootstrap()
    bootstrap.draws = 500
    bootstrap.randomness = bootstrap.randomness.split(number)
    draws = ranked.groupCount < 2 ? [] : bootstrap.map(groups: ranked.groupCount, values)
  }

  func estimate(of metric: KeyPath<Values, Double?>) -> MetricEstimate {
    guard let value = values[keyPath: metric] else {
      return MetricEstimate(value: nil, reason: "a class is missing")
    }
    let drawn = draws.compactMap { $0[keyPath: metric] }
    return drawn.isEmpty
      ? MetricEstimate(value: value, reason: "all samples are from one source")
      : MetricEstimate(value: value, interval: MetricEstimate.Interval(of: drawn))
  }

  /// The highest value of a metric minus the lowest.
  static func gap(of metric: KeyPath<Values, Double?>, _ all: [Measured]) -> MetricEstimate {
    let known = all.compactMap { own in own.values[keyPath: metric].map { (own: own, value: $0) } }
    guard known.count > 1, let low = known.min(by: { $0.value < $1.value }),
      let high = known.max(by: { $0.value < $1.value })
    else { return MetricEstimate(value: nil, reason: "fewer than two subgroups have a value") }
    let drawn = zip(high.own.draws, low.own.draws).compactMap { first, second -> Double? in
      guard let one = first[keyPath: metric], let other = second[keyPath: metric] else {
        return nil
      }
      return one - other
    }
    return drawn.isEmpty
      ? MetricEstimate(value: high.value - low.value, reason: "a subgroup is from one source")
      : MetricEstimate(value: high.value - low.value, interval: MetricEstimate.Interval(of: drawn))
  }
}

/// Right and wrong decisions by source clip, in the order of `RankedSamples`.
private struct ErrorCounts: Sendable {
  private var reals, falsePositives, fakes, falseNegatives: [Int]

  init(_ scored: ScoredSamples<Frames>, threshold: Double) {
    let names = Set(scored.groups).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    reals = [Int](repeating: 0, count: names.count)
    (falsePositives, fakes, falseNegatives) = (reals, reals, reals)
    for index in scored.labels.indices {
      let group = numbers[scored.groups[index]] ?? 0
      let isCalledFake = scored.probabilities[index] >= threshold
      if scored.labels[index] == .real {
        reals[group] += 1
        falsePositives[group] += isCalledFake ? 1 : 0
      } else {
        fakes[group] += 1
        falseNegatives[group] += isCalledFake ? 0 : 1
      }
    }
  }

  /// The false positive and the false negative rate with these weights of the clips.
  func rates(weights: [Int]) -> (Double?, Double?) {
    func rate(_ wrong: [Int], _ all: [Int]) -> Double? {
      let total = zip(weights, all).reduce(0) { $0 + $1.0 * $1.1 }
      guard total > 0 else { return nil }
      return Double(zip(weights, wrong).reduce(0) { $0 + $1.0 * $1.1 }) / Double(total)
    }
    return (rate(falsePositives, reals), rate(falseNegatives, fakes))
  }
}
