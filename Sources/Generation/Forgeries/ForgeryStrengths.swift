import Foundation

/// How strong each forgery is drawn, and from what.
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
  /// Faces from perturbed codes.
  public var gan = PerturbedLatent()

  /// The published strengths, where there are published ones.
  public init() {}
}
