public import Engine
import Faces
import Media

/// A face after an upsampling that leaves a grid in the spectrum (Durall, Keuper & Keuper 2020), or
/// after a swap model's own autoencoder.
///
/// The face is averaged over blocks of 2×2 or 4×4 pixels and upscaled; a random share of the lost
/// detail is restored, as by a generator that renders its own detail. Parameters: `kind`, `factor`,
/// `detail` (0…1), `strength`, `model`, `forehead`, `drawn_in`, `soft`.
public struct SpectralGrid: ForgeryAlgorithm {
  /// A kind of upsampling.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// Repeated pixels.
    case nearest
    /// Zeros between the pixels, smoothed too little.
    case zeros
    /// A transposed convolution with unevenly overlapping kernels: a checkerboard.
    case transposed
    /// A swap model's reconstruction, for identities with a model.
    case autoencoder
  }

  /// The kinds, equally likely; without `autoencoder` if there is no model of the identity.
  public var kinds = Kind.allCases
  /// The reduction factors, 2 or more.
  public var factors = [2, 4]
  /// The share of the lost detail that is restored.
  public var detail = StrengthRange(0.05, 0.7)
  /// The unevenness of the grid of `zeros` and `transposed`: the standard deviation of its gains.
  public var strength = StrengthRange(0.04, 0.15)
  /// The probability that the mask ends at the brows.
  public var withoutForehead = 0.5
  /// The mask's edge.
  public var edge = MaskEdge()

  /// Faint to clear grids.
  public init() { (edge.drawnIn, edge.soft) = (StrengthRange(3, 11), StrengthRange(5, 17)) }

  public func fault(at path: String) -> String? {
    factors.first { $0 < 2 }.map { "'\(path).factors' must be 2 or more, not \($0)" }
  }

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    let known = material.models
    let possible = kinds.filter { $0 != .autoencoder || !known.isEmpty }
    let kind = chance.one(of: possible.isEmpty ? [.nearest] : possible)
    let hasForehead = !chance.happens(withoutForehead)
    var parameters: [String: ParameterValue] = [
      "kind": .word(kind.rawValue), "forehead": .boolean(hasForehead),
    ]
    let layer: Image
    var identity: String?
    let region = FaceRegion(of: face, includesForehead: hasForehead)
    if kind == .autoencoder {
      let model = chance.one(of: known)
      layer = ModelFace(of: face.image, by: model, to: model.side(of: face.identity) ?? .a).layer
      parameters["model"] = .word(model.name)
      identity = face.identity
    } else {
      let factor = chance.one(of: factors)
      let (kept, unevenness) = (detail.drawn(from: &chance), strength.drawn(from: &chance))
      layer = GridPattern(kind, factor: factor, strength: unevenness, chance: &chance)
        .applied(to: face.image, detail: Float(kept))
      parameters["factor"] = .number(Double(factor))
      parameters["detail"] = .number(kept)
      if kind != .nearest { parameters["strength"] = .number(unevenness) }
    }
    var (mask, drawn) = edge.mask(of: region, chance: &chance)
    if kind == .autoencoder { mask = mask.fadedOutsideCrop }
    parameters.merge(drawn) { $1 }
    return Forgery(
      image: face.image.mixed(with: layer, by: mask), parameters: parameters, identity: identity,
      mask: mask)
  }
}
