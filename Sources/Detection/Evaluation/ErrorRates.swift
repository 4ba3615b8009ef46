import Faces

/// How often the verdicts of an operating point are wrong or withheld, per video.
public struct ErrorRates: Codable, Equatable, Sendable {
  /// The data it was measured on, such as `validation split of 'people'`.
  public let data: String
  /// The number of identities in them.
  public let identities: Int
  /// The real videos that are called fake.
  public let falseAlarms: Proportion
  /// The fake videos that are called real.
  public let misses: Proportion
  /// The real and the fake videos without a decision.
  public let undecidedReal, undecidedFake: Proportion
  /// The fake videos of each method that are called real.
  public let missesByMethod: [String: Proportion]

  enum CodingKeys: String, CodingKey {
    case data, identities, misses
    case falseAlarms = "false_alarms"
    case undecidedReal = "undecided_real"
    case undecidedFake = "undecided_fake"
    case missesByMethod = "misses_by_method"
  }

  /// The verdicts on videos at an operating point, of which only the limits matter.
  public init(of videos: ScoredVideos, at point: OperatingPoint) {
    func share(_ scores: [Double], _ verdict: Verdict) -> Proportion {
      Proportion(scores.count { point.verdict(on: $0) == verdict }, of: scores.count)
    }
    (data, identities) = (videos.data, videos.identities)
    let (real, fake) = (videos.scores(.real), videos.scores(.fake))
    (falseAlarms, undecidedReal) = (share(real, .fake), share(real, .undecided))
    (misses, undecidedFake) = (share(fake, .real), share(fake, .undecided))
    missesByMethod = videos.scoresByMethod.mapValues { share($0, .real) }
  }

  /// In words, such as "validation split of 'people', 31 identities: false alarms 3.2 % (0.1 to 16.7 %)
  /// of 31 real videos, misses 4.8 % (1.8 to 10.2 %) of 124 fake videos".
  public var text: String {
    let people = "\(identities) \(identities == 1 ? "identity" : "identities")"
    let (real, fake) = (falseAlarms.total, misses.total)
    let caveat =
      min(real, fake) < OperatingPoint.fewest
      ? "; too few videos for limits of 5 %" : ""
    return "\(data), \(people): false alarms \(falseAlarms.text) of \(real) real "
      + "\(real == 1 ? "video" : "videos"), misses \(misses.text) of \(fake) fake "
      + "\(fake == 1 ? "video" : "videos")\(caveat)"
  }

  /// True when the numbers can be what they say; names come from files and are limited.
  var isUsable: Bool {
    identities >= 0 && data.utf8.count < 1000 && missesByMethod.count <= ScoreDistributions.most
      && falseAlarms.total == undecidedReal.total && misses.total == undecidedFake.total
      && falseAlarms.count + undecidedReal.count <= falseAlarms.total
      && misses.count + undecidedFake.count <= misses.total
  }
}
