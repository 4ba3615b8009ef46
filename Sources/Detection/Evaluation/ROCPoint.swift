import Faces

/// One point of the ROC curve.
public struct ROCPoint: Codable, Equatable, Sendable {
  /// Samples of at least this score are called fake; nil where none is.
  public let score: Double?
  /// The share of reals that are called fake.
  public let falseAlarms: Double
  /// The share of fakes that are called fake.
  public let recall: Double

  enum CodingKeys: String, CodingKey {
    case score, recall
    case falseAlarms = "false_alarms"
  }
}

extension ScoredSamples {
  /// The ROC curve from (0, 0) to (1, 1), a point for each different score; nil when a class is missing.
  public var rocCurve: [ROCPoint]? {
    let balance = balance
    guard balance.missing == nil else { return nil }
    var points = [ROCPoint(score: nil, falseAlarms: 0, recall: 0)]
    var (reals, fakes) = (0, 0)
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    for (position, index) in order.enumerated() {
      if labels[index] == .fake { fakes += 1 } else { reals += 1 }
      let isLast = position + 1 == order.count
      guard isLast || scores[order[position + 1]] < scores[index] else { continue }
      points.append(
        ROCPoint(
          score: scores[index], falseAlarms: Double(reals) / Double(balance.real),
          recall: Double(fakes) / Double(balance.fake)))
    }
    return points
  }
}
