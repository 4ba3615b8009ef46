import Foundation

/// How far swaps are from what they should be, inside the face; of one picture, or a mean of several.
public struct GroundTruthMetrics: Codable, Equatable, Sendable {
  /// The structural similarity, up to 1.
  public var ssim: Double
  /// The peak signal-to-noise ratio, in dB.
  public var psnr: Double
  /// The multi-scale gradient difference, in levels of 0–255 from pixel to pixel; 0 for none.
  public var gradient: Double
  /// How far the landmarks are from the truth's, in percent of the distance of the eyes' outer corners;
  /// nil where nothing finds landmarks.
  public var landmarks: Double?
  /// Whose face it is: 0 the person that was swapped, 1 the one it should be.
  public var identity: Double
  /// How far it is from the person it should be, in units of how far the two people are apart.
  public var toTarget: Double
  /// How far it is from the person that was swapped, in the same units.
  public var toSource: Double
  /// The mean gradient beside the truth's, 1 is as sharp; nil for results of older versions.
  public var sharpness: Double?

  /// The names that logs and reports use.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case ssim, psnr, gradient, landmarks, identity, sharpness
    case toTarget = "to_target"
    case toSource = "to_source"
  }
}

extension GroundTruthMetrics {
  /// The figures of one swap; `landmarks` are left open.
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
    toTarget = position.toTarget
    toSource = position.toSource
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

  /// The mean of each figure; not a number for none.
  public static func mean(of figures: [GroundTruthMetrics]) -> GroundTruthMetrics {
    func mean(_ values: [Double]) -> Double {
      values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }
    let landmarks = figures.compactMap(\.landmarks)
    let sharpnesses = figures.compactMap(\.sharpness)
    return GroundTruthMetrics(
      ssim: mean(figures.map(\.ssim)), psnr: mean(figures.map(\.psnr)),
      gradient: mean(figures.map(\.gradient)),
      landmarks: landmarks.isEmpty ? nil : mean(landmarks),
      identity: mean(figures.map(\.identity)), toTarget: mean(figures.map(\.toTarget)),
      toSource: mean(figures.map(\.toSource)),
      sharpness: sharpnesses.isEmpty ? nil : mean(sharpnesses))
  }
}

extension GroundTruthMetrics {
  /// The same with four decimals, as logs hold them.
  var rounded: GroundTruthMetrics {
    func short(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
    return GroundTruthMetrics(
      ssim: short(ssim), psnr: short(psnr), gradient: short(gradient),
      landmarks: landmarks.map(short), identity: short(identity), toTarget: short(toTarget),
      toSource: short(toSource), sharpness: sharpness.map(short))
  }

  /// False where a figure has no number: swaps that equal the truth, or people who are one.
  var isFinite: Bool {
    [ssim, psnr, gradient, landmarks ?? 0, identity, toTarget, toSource, sharpness ?? 0]
      .allSatisfy(\.isFinite)
  }
}
