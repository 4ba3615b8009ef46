import Foundation

/// Metrics of swaps against ground truth, inside the face; of one picture, or the mean of several.
public struct GroundTruthMetrics: Codable, Equatable, Sendable {
  /// SSIM, up to 1.
  public var ssim: Double
  /// PSNR, in dB.
  public var psnr: Double
  /// The multi-scale gradient difference, in levels of 0–255 per pixel; 0 for none.
  public var gradient: Double
  /// The landmark error, in percent of the distance between the eyes' outer corners; nil if no
  /// landmarks were found.
  public var landmarks: Double?
  /// The identity: 0 is the source person, 1 the target person.
  public var identity: Double
  /// The distance from the target person, in units of the distance between the two people.
  public var toSwappedIn: Double
  /// The distance from the source person, in the same units.
  public var toOriginal: Double
  /// The mean gradient relative to ground truth's; nil for results of older versions.
  public var sharpness: Double?

  /// The names that logs and reports use.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case ssim, psnr, gradient, landmarks, identity, sharpness
    case toSwappedIn = "to_swapped_in"
    case toOriginal = "to_original"
  }
}

extension GroundTruthMetrics {
  /// The metrics of one swap, without `landmarks`.
  init(of swap: Channels, against reference: GroundTruthSwaps.Reference) {
    let (truth, mask) = (reference.truth, reference.mask)
    let (width, height) = (truth.width, truth.height)
    let pairs = Array(zip(swap.planes, truth.planes))
    let count = Double(pairs.count)
    ssim =
      pairs.reduce(0) {
        $0 + MaskedSimilarity.mean($1.0, $1.1, mask: mask, width: width, height: height)
      } / count
    gradient =
      pairs.reduce(0) {
        $0 + GradientDifference.mean($1.0, $1.1, mask: mask, width: width, height: height)
      } / count
    psnr = GroundTruthMetrics.signalToNoise(pairs, mask)
    let position = IdentityPosition(
      swap: OrientedGradients(of: swap, mask: mask), target: reference.target,
      source: reference.source)
    identity = position.position
    toSwappedIn = position.toSwappedIn
    toOriginal = position.toOriginal
    sharpness = Sharpness.ratio(of: swap, to: truth, mask: mask)
  }

  private static func signalToNoise(
    _ pairs: [(x: [Double], y: [Double])], _ mask: [Double]
  ) -> Double {
    var sum = 0.0
    for (x, y) in pairs {
      for place in mask.indices {
        sum += mask[place] * (x[place] - y[place]) * (x[place] - y[place])
      }
    }
    let error = sum / (mask.reduce(0, +) * Double(pairs.count))
    return error == 0 ? .infinity : 10 * log10(1 / error)
  }

  /// The mean of each metric; NaN for none.
  public static func mean(of metrics: [GroundTruthMetrics]) -> GroundTruthMetrics {
    func mean(_ values: [Double]) -> Double {
      values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }
    let landmarks = metrics.compactMap(\.landmarks)
    let sharpnesses = metrics.compactMap(\.sharpness)
    return GroundTruthMetrics(
      ssim: mean(metrics.map(\.ssim)), psnr: mean(metrics.map(\.psnr)),
      gradient: mean(metrics.map(\.gradient)),
      landmarks: landmarks.isEmpty ? nil : mean(landmarks),
      identity: mean(metrics.map(\.identity)), toSwappedIn: mean(metrics.map(\.toSwappedIn)),
      toOriginal: mean(metrics.map(\.toOriginal)),
      sharpness: sharpnesses.isEmpty ? nil : mean(sharpnesses))
  }
}

extension GroundTruthMetrics {
  /// Rounded to four decimals, as in logs.
  var rounded: GroundTruthMetrics {
    func short(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
    return GroundTruthMetrics(
      ssim: short(ssim), psnr: short(psnr), gradient: short(gradient),
      landmarks: landmarks.map(short), identity: short(identity), toSwappedIn: short(toSwappedIn),
      toOriginal: short(toOriginal), sharpness: sharpness.map(short))
  }

  /// False if a metric is not finite: for swaps equal to ground truth, or two people who are the
  /// same.
  var isFinite: Bool {
    [ssim, psnr, gradient, landmarks ?? 0, identity, toSwappedIn, toOriginal, sharpness ?? 0]
      .allSatisfy(\.isFinite)
  }
}

/// The metrics of held-out swaps against ground truth, in both directions.
///
/// Means over pictures; only synthetic people have ground truth.
public struct GroundTruthQuality: Codable, Equatable, Sendable {
  /// The pictures of A with B's face.
  public var a2b: GroundTruthMetrics
  /// The pictures of B with A's face.
  public var b2a: GroundTruthMetrics

  /// The metrics of the two directions.
  public init(a2b: GroundTruthMetrics, b2a: GroundTruthMetrics) {
    (self.a2b, self.b2a) = (a2b, b2a)
  }

  /// The SSIM of the worse direction.
  public var score: Double { min(a2b.ssim, b2a.ssim) }

  /// Rounded to four decimals.
  public var rounded: GroundTruthQuality {
    GroundTruthQuality(a2b: a2b.rounded, b2a: b2a.rounded)
  }

  /// False if a metric is not finite, which JSON cannot represent.
  public var isFinite: Bool { a2b.isFinite && b2a.isFinite }
}
