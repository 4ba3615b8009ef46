import Faces
import Foundation

/// What the scores of a detector are called, and how often that was wrong where it was measured.
///
/// Metrics of two classes use `threshold`. Verdicts have two limits, and none is given between them.
public struct OperatingPoint: Codable, Equatable, Sendable, CustomStringConvertible {
  /// The score at and above which a sample counts as fake in metrics of two classes, 0…1.
  public let threshold: Double
  /// The score at and above which the verdict is fake; beyond 1 where no score is high enough.
  public let fakeAt: Double
  /// The score below which the verdict is real, at most `fakeAt`.
  public let realBelow: Double
  /// The error rates of the verdicts; nil where nobody has measured them.
  public let rates: ErrorRates?

  enum CodingKeys: String, CodingKey {
    case threshold, rates
    case fakeAt = "fake_at"
    case realBelow = "real_below"
  }

  /// With fewer videos of a class than these, a rate of 5 % cannot be kept for certain.
  static let fewest = 19

  /// A threshold of which no more is known: every score is called real or fake.
  public init(threshold: Double) {
    self.init(threshold: threshold, fakeAt: threshold, realBelow: threshold)
  }

  /// - Parameter rates: measured at these limits.
  public init(
    threshold: Double, fakeAt: Double, realBelow: Double, rates: ErrorRates? = nil
  ) {
    precondition(realBelow <= fakeAt, "real below \(realBelow), fake at \(fakeAt)")
    (self.threshold, self.fakeAt, self.realBelow) = (threshold, fakeAt, realBelow)
    self.rates = rates
  }

  /// The operating point that is selected on validation samples, with the error rates on the same.
  ///
  /// - Parameters:
  ///   - frames: samples with both classes, for the threshold.
  ///   - videos: the same by video, for the limits.
  public init(
    of frames: ScoredSamples<Frames>, videos: ScoredVideos
  ) throws(DetectionError) {
    let limits = try videos.limits()
    let point = OperatingPoint(
      threshold: try frames.bestThreshold(), fakeAt: limits.fakeAt, realBelow: limits.realBelow)
    self.init(
      threshold: point.threshold, fakeAt: point.fakeAt, realBelow: point.realBelow,
      rates: ErrorRates(of: videos, at: point))
  }

  /// The verdict on a score.
  public func verdict(on score: Double) -> Verdict {
    score >= fakeAt ? .fake : score < realBelow ? .real : .undecided
  }

  /// The verdict on a score in words, everywhere the same: what it is called, the limits, and the error
  /// rates there.
  ///
  /// Such as "undecided: score 0.612, between 0.430 and 0.803 (validation split of 'people', 31
  /// identities: false alarms 3.2 % …)".
  public func statement(of score: Double) -> String {
    // As many digits as tell the score and the limits apart.
    var digits = 3
    while digits < 6, [fakeAt, realBelow].contains(where: { isBlurred($0, score, digits) }) {
      digits += 1
    }
    let place =
      switch verdict(on: score) {
      case .fake: "fake: score \(text(score, digits)), at or above \(text(fakeAt, digits))"
      case .real: "real: score \(text(score, digits)), below \(text(realBelow, digits))"
      case .undecided:
        "undecided: score \(text(score, digits)), between \(text(realBelow, digits)) and "
          + text(fakeAt, digits)
      }
    return "\(place) (\(measured))"
  }

  /// The limits and their error rates, as `statement` has them.
  public var description: String {
    let limits =
      fakeAt == realBelow
      ? "fake at \(text(fakeAt, 3)) and above, otherwise real"
      : "fake at \(text(fakeAt, 3)) and above, real below \(text(realBelow, 3))"
    return "\(limits) (\(measured))"
  }

  private var measured: String { rates?.text ?? "error rates not measured" }

  private func isBlurred(_ limit: Double, _ score: Double, _ digits: Int) -> Bool {
    score != limit && text(score, digits) == text(limit, digits)
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}

extension ScoredVideos {
  /// The limits of verdicts: *fake* where at most 5 % of real videos score as high, *real* where at most
  /// 5 % of fake ones score as low.
  ///
  /// They are those of split conformal prediction (Papadopoulos and others 2002): of `n` videos,
  /// ⌊0.05 (n + 1)⌋ − 1 may lie beyond, so that the expected rate on other videos like these is at most
  /// 5 %. Of fewer than 19 videos none may, and the rate is not known. Limits lie midway between two
  /// videos. If one score keeps both, it is both limits: the best threshold of the videos, or the
  /// nearest to it.
  func limits() throws(DetectionError) -> (realBelow: Double, fakeAt: Double) {
    let best = try samples.bestThreshold()
    let (real, fake) = (scores(.real), scores(.fake))
    let highest = real[real.count - 1 - ScoredVideos.allowed(of: real.count)]
    let lowest = fake[ScoredVideos.allowed(of: fake.count)]
    let above = samples.probabilities.filter { $0 > highest }.min()
    let below = samples.probabilities.filter { $0 < lowest }.max()
    // Even 1 may be a real video's score.
    var fakeAt = (highest + (above ?? 1)) / 2
    if fakeAt <= highest { fakeAt = above ?? 1.nextUp }
    var realBelow = (lowest + (below ?? 0)) / 2
    if let below, realBelow <= below { realBelow = lowest }
    guard realBelow >= fakeAt else { return (realBelow, fakeAt) }
    let both = min(max(best, fakeAt), realBelow)
    return (both, both)
  }

  /// How many of some videos of a class may get the wrong verdict.
  private static func allowed(of count: Int) -> Int { max(0, (count + 1) / 20 - 1) }
}

extension ScoredSamples {
  /// The best threshold for calling samples fake; select it on validation samples.
  ///
  /// It maximizes balanced accuracy, and thus Youden's index, and lies midway between two samples;
  /// ties go to the threshold nearest to one half. If no threshold beats a constant answer, it is
  /// one half.
  public func bestThreshold() throws(DetectionError) -> Double {
    let balance = balance
    if let missing = balance.missing {
      throw .oneClass(purpose: "The choice of a threshold", missing: missing)
    }
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var (best, threshold) = (0, 0.5)
    var (reals, fakes) = (0, 0)
    for (here, next) in zip(order, order.dropFirst()) {
      if labels[here] == .fake { fakes += 1 } else { reals += 1 }
      let (upper, lower) = (probabilities[here], probabilities[next])
      guard lower < upper else { continue }
      // Youden's index, scaled to an integer.
      let gain = fakes * balance.real - reals * balance.fake
      let middle = (upper + lower) / 2
      let cut = middle > lower ? middle : upper
      guard gain > best || (gain == best && abs(cut - 0.5) < abs(threshold - 0.5)) else { continue }
      (best, threshold) = (gain, cut)
    }
    return threshold
  }
}
