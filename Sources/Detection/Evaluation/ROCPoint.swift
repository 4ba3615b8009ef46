import Faces

/// One point of the ROC curve.
public struct ROCPoint: Codable, Equatable, Sendable {
  /// Samples with at least this score are classified as fake; nil where none is.
  public let score: Double?
  /// The share of real samples classified as fake.
  public let falsePositiveRate: Double
  /// The share of fake samples classified as fake.
  public let truePositiveRate: Double

  enum CodingKeys: String, CodingKey {
    case score
    case falsePositiveRate = "false_positive_rate"
    case truePositiveRate = "true_positive_rate"
  }
}

extension ScoredSamples {
  /// The ROC curve from (0, 0) to (1, 1), with a point per distinct score; nil if a class is
  /// missing.
  public var rocCurve: [ROCPoint]? {
    let balance = balance
    guard balance.missing == nil else { return nil }
    var points = [ROCPoint(score: nil, falsePositiveRate: 0, truePositiveRate: 0)]
    var (reals, fakes) = (0, 0)
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    for (position, index) in order.enumerated() {
      if labels[index] == .fake { fakes += 1 } else { reals += 1 }
      let isLast = position + 1 == order.count
      guard isLast || scores[order[position + 1]] < scores[index] else { continue }
      points.append(
        ROCPoint(
          score: scores[index], falsePositiveRate: Double(reals) / Double(balance.real),
          truePositiveRate: Double(fakes) / Double(balance.fake)))
    }
    return points
  }
}
