/// The reconstruction metrics of held-out faces from their unwarped crops.
public struct SwapQuality: Codable, Equatable, Sendable {
  /// SSIM, 0…1, mean over faces; the window is an 11×11 Gaussian of σ 1.5.
  public var ssimA, ssimB: Double
  /// PSNR in dB, mean over faces.
  public var psnrA, psnrB: Double
  /// The mean gradient relative to the real faces', mean over faces; 1 is equally sharp.
  ///
  /// Nil for results of older versions.
  public var sharpnessA, sharpnessB: Double?

  /// The names that logs and reports use.
  enum CodingKeys: String, CodingKey {
    case ssimA = "ssim_a"
    case ssimB = "ssim_b"
    case psnrA = "psnr_a"
    case psnrB = "psnr_b"
    case sharpnessA = "sharpness_a"
    case sharpnessB = "sharpness_b"
  }

  /// The metrics of both sides.
  public init(
    ssimA: Double, ssimB: Double, psnrA: Double, psnrB: Double, sharpnessA: Double? = nil,
    sharpnessB: Double? = nil
  ) {
    (self.ssimA, self.ssimB, self.psnrA, self.psnrB) = (ssimA, ssimB, psnrA, psnrB)
    (self.sharpnessA, self.sharpnessB) = (sharpnessA, sharpnessB)
  }

  /// The score for model selection: the SSIM of the worse side.
  ///
  /// A swap needs both decoders; a mean could hide the failure of one.
  public var score: Double { min(ssimA, ssimB) }
}
