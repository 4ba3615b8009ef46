import Faces
import Foundation

/// The scores of validation videos, which put the score of another video into proportion.
public struct ScoreDistributions: Codable, Equatable, Sendable {
  /// The data, such as `validation split of 'people'`.
  public let data: String
  /// The scores of real videos.
  public let real: ScoreDistribution
  /// The scores of each method's fake videos.
  public let methods: [String: ScoreDistribution]

  /// More methods than these are not read from a file.
  static let most = 1000

  /// The scores of videos of both classes.
  public init(of videos: ScoredVideos) {
    data = videos.data
    real = ScoreDistribution(of: videos.scores(.real))
    methods = videos.scoresByMethod.mapValues(ScoreDistribution.init(of:))
  }

  /// How a score compares with them.
  public func context(of score: Double) -> ScoreContext {
    let fakes = methods.values.reduce(0) { $0 + $1.count }
    let low = methods.values.reduce(0) { $0 + Double($1.count) * $1.shareAtMost(score) }
    return ScoreContext(
      data: data, realVideos: real.count, fakeVideos: fakes,
      realThisHigh: real.shareAtLeast(score), fakeThisLow: low / Double(max(1, fakes)),
      fakeThisLowByMethod: methods.mapValues { $0.shareAtMost(score) })
  }

  /// True when the numbers can be what they say.
  var isUsable: Bool {
    real.isUsable && data.utf8.count < 1000 && (1...ScoreDistributions.most).contains(methods.count)
      && methods.values.allSatisfy(\.isUsable)
  }
}

/// A sample of scores, in a size that does not grow with it.
public struct ScoreDistribution: Codable, Equatable, Sendable {
  /// The number of videos.
  public let count: Int
  /// The scores, ascending; of more than 101 videos, their quantiles in steps of 1 %.
  public let scores: [Double]

  private static let steps = 100

  /// - Parameter scores: at least one, 0…1.
  init(of scores: [Double]) {
    let sorted = scores.sorted()
    count = sorted.count
    let steps = ScoreDistribution.steps
    // Six digits are enough to compare, and keep files short.
    func short(_ score: Double) -> Double { (score * 1e6).rounded() / 1e6 }
    guard sorted.count > steps + 1 else {
      self.scores = sorted.map(short)
      return
    }
    self.scores = (0...steps).map { step in
      // NumPy's quantile: linear between neighbors.
      let place = Double(step) * Double(sorted.count - 1) / Double(steps)
      let lower = min(Int(place), sorted.count - 2)
      return short(
        sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower]))
    }
  }

  /// The share of videos with this score or a higher one, 0…1.
  func shareAtLeast(_ score: Double) -> Double {
    let below = scores.count { $0 < score }
    guard scores.count < count, below > 0, below < scores.count else {
      return 1 - Double(below) / Double(scores.count)
    }
    return 1 - rank(of: score, after: below - 1)
  }

  /// The share of videos with this score or a lower one, 0…1.
  func shareAtMost(_ score: Double) -> Double {
    let within = scores.count { $0 <= score }
    guard scores.count < count, within > 0, within < scores.count else {
      return Double(within) / Double(scores.count)
    }
    return rank(of: score, after: within - 1)
  }

  /// The quantile of a score between two of the quantiles.
  private func rank(of score: Double, after place: Int) -> Double {
    let (low, high) = (scores[place], scores[place + 1])
    let part = high > low ? (score - low) / (high - low) : 0
    return (Double(place) + part) / Double(ScoreDistribution.steps)
  }

  /// True when the numbers can be what they say.
  fileprivate var isUsable: Bool {
    !scores.isEmpty && scores.count == min(count, ScoreDistribution.steps + 1)
      && scores.allSatisfy((0...1).contains) && zip(scores, scores.dropFirst()).allSatisfy(<=)
  }
}

/// How a score compares with those of validation videos.
public struct ScoreContext: Codable, Equatable, Sendable {
  /// The data, such as `validation split of 'people'`.
  public let data: String
  /// The numbers of real and fake videos.
  public let realVideos, fakeVideos: Int
  /// The share of real videos with this score or a higher one, 0…1.
  public let realThisHigh: Double
  /// The share of fake videos with this score or a lower one, 0…1.
  public let fakeThisLow: Double
  /// The same of each forgery method's videos.
  public let fakeThisLowByMethod: [String: Double]

  enum CodingKeys: String, CodingKey {
    case data
    case realVideos = "real_videos"
    case fakeVideos = "fake_videos"
    case realThisHigh = "real_this_high"
    case fakeThisLow = "fake_this_low"
    case fakeThisLowByMethod = "fake_this_low_by_method"
  }

  /// A sentence without its period, such as "Of 31 real videos of the validation split of 'people',
  /// 3.2 % score this high; of 124 fake ones, 12 % score this low (sbi 5 %, warp 19 %)".
  public var text: String {
    let parts = fakeThisLowByMethod.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let methods =
      parts.count > 1
      ? " (" + parts.map { "\($0.key) \(ScoreContext.percent($0.value))" }.joined(separator: ", ")
        + ")" : parts.first.map { " (\($0.key))" } ?? ""
    return
      "Of \(realVideos) real \(realVideos == 1 ? "video" : "videos") of the \(data), \(ScoreContext.percent(realThisHigh)) score "
      + "this high; of \(fakeVideos) fake ones, \(ScoreContext.percent(fakeThisLow)) score this "
      + "low\(methods)"
  }

  private static func percent(_ share: Double) -> String {
    String(format: share > 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100)
  }
}
