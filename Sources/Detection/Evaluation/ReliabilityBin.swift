import Faces

/// The samples whose probabilities lie in one stretch, and how many of them are fake.
public struct ReliabilityBin: Codable, Equatable, Sendable {
  /// The stretch, 0…1; its upper end belongs to the next bin, save in the last one.
  public let low, high: Double
  /// How many samples are in it.
  public let count: Int
  /// Their mean probability; nil when there are none.
  public let meanProbability: Double?
  /// The share of fakes among them; nil when there are none.
  public let fakeShare: Double?

  enum CodingKeys: String, CodingKey {
    case low, high, count
    case meanProbability = "mean_probability"
    case fakeShare = "fake_share"
  }

  /// How many bins there are.
  static let count = 15

  static func index(of probability: Double) -> Int {
    min(Int(probability * Double(count)), count - 1)
  }
}

extension ScoredSamples {
  /// The reliability diagram: how often samples of some probability are fake, in 15 bins.
  public var reliability: [ReliabilityBin] {
    let bins = ReliabilityBin.count
    var sums = [(count: Int, probability: Double, fakes: Int)](repeating: (0, 0, 0), count: bins)
    for (probability, label) in zip(probabilities, labels) {
      let bin = ReliabilityBin.index(of: probability)
      sums[bin].count += 1
      sums[bin].probability += probability
      sums[bin].fakes += label == .fake ? 1 : 0
    }
    return sums.enumerated().map { number, sum in
      let count = Double(sum.count)
      return ReliabilityBin(
        low: Double(number) / Double(bins), high: Double(number + 1) / Double(bins),
        count: sum.count, meanProbability: sum.count == 0 ? nil : sum.probability / count,
        fakeShare: sum.count == 0 ? nil : Double(sum.fakes) / count)
    }
  }
}
