import Faces

/// The samples in a range of probabilities, and the share of fakes among them.
public struct ReliabilityBin: Codable, Equatable, Sendable {
  /// The range, 0…1; the upper end belongs to the next bin, except in the last one.
  public let low, high: Double
  /// The number of samples.
  public let count: Int
  /// Their mean probability; nil if there are none.
  public let meanProbability: Double?
  /// The share of fakes among them; nil if there are none.
  public let fakeShare: Double?

  enum CodingKeys: String, CodingKey {
    case low, high, count
    case meanProbability = "mean_probability"
    case fakeShare = "fake_share"
  }

  /// The number of bins.
  static let count = 15

  static func index(of probability: Double) -> Int {
    min(Int(probability * Double(count)), count - 1)
  }
}

extension ScoredSamples {
  /// The reliability diagram: the share of fakes by probability, in 15 bins.
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
