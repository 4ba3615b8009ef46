import Generation

/// How good a generator is: what evading a detector may cost it.
public struct GeneratorMetrics: Codable, Equatable, Sendable {
  /// Held-out reconstruction, the mean of both sides: structural similarity 0…1, dB, sharpness.
  public let ssim, psnr: Double
  public let sharpness: Double?
  /// Held-out swaps against the true ones, the mean of both directions; nil where those are not known.
  public let truth: Truth?

  /// How close swaps come to the true ones.
  public struct Truth: Codable, Equatable, Sendable {
    /// Structural similarity, 0…1.
    public let ssim: Double
    /// Whose face it is: 0 as before, 1 swapped.
    public let identity: Double?
    /// How far brows, eyes, nose and mouth are off, in % of the distance of the eyes.
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
    truth = best.truth.map { truth in
      Truth(
        ssim: (truth.a2b.ssim + truth.b2a.ssim) / 2,
        identity: mean(truth.a2b.identity, truth.b2a.identity),
        landmarks: mean(truth.a2b.landmarks, truth.b2a.landmarks))
    }
  }
}
