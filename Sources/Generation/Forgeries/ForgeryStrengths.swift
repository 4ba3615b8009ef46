import Foundation

/// The ranges of all forgeries' random parameters.
public struct ForgeryStrengths: Codable, Equatable, Sendable {
  /// Swaps by a model.
  public var swap = SwapForgery()
  /// Self-blended images.
  public var sbi = SelfBlending()
  /// Faces blended into others.
  public var xray = FaceExchange()
  /// Warping artifacts.
  public var warp = WarpingArtifact()
  /// Grids in the spectrum.
  public var upsample = SpectralGrid()
  /// Faces from perturbed latent codes.
  public var gan = PerturbedLatent()

  /// The published values, where there are any.
  public init() {}
}
