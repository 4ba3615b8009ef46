import Foundation

/// How strong each forgery is drawn, and from what.
public struct ForgeryStrengths: Codable, Equatable, Sendable {
  /// Swaps by a model.
  public var swap = SwapForgery()
  /// Self-blended images.
  public var sbi = SelfBlending()
  /// Faces blended into others.
  public var xray = FaceExchange()
  /// Warping artefacts.
  public var warp = WarpingArtefact()
  /// Grids in the spectrum.
  public var upsample = SpectralGrid()
  /// Faces from perturbed codes.
  public var gan = PerturbedCode()

  /// The published strengths, where there are published ones.
  public init() {}
}
