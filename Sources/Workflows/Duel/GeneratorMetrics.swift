import Generation

/// The quality of a generator's swaps, which evasion may reduce.
public struct GeneratorMetrics: Codable, Equatable, Sendable {
  /// Held-out reconstruction, the mean over both identities: SSIM 0…1, PSNR in dB, sharpness.
  public let ssim, psnr: Double
  public let sharpness: Double?
  /// Held-out swaps against ground truth, the mean over both directions; nil without ground truth.
  public let truth: Truth?

  /// Metrics against ground truth.
  public struct Truth: Codable, Equatable, Sendable {
    /// SSIM, 0…1.
    public let ssim: Double
    /// Identity, from 0 (unchanged) to 1 (fully swapped).
    public let identity: Double?
    /// The error of brows, eyes, nose and mouth, in % of the distance between the eyes.
    public let landmarks: Double?
  }

  init(_ best: BestCheckpoint) {
    func mean(_ a: Double?, _ b: Double?) -> Double? {
      guard let a, let b else { return nil }
      return (a + b) / 2
    }
    let quality = best.quality
    ssim = (quality.ssimA + quality.ssimB) / 2
    psnr = (quality.psnrA + quality.psnrB) / 2
    sharpness = mean(quality.sharpnessA, quality.sharpnessB)
    truth = best.groundTruth.map { truth in
      Truth(
        ssim: (truth.a2b.ssim + truth.b2a.ssim) / 2,
        identity: mean(truth.a2b.identity, truth.b2a.identity),
        landmarks: mean(truth.a2b.landmarks, truth.b2a.landmarks))
    }
  }
}
