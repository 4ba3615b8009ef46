import Engine
import Faces
import Media

/// A face that went through an upsampling which leaves a grid in the spectrum (Durall, Keuper &
/// Keuper 2020), or through a swap model's own autoencoder.
///
/// The face is averaged over blocks of 2×2 or 4×4 pixels and enlarged again; of what is lost, a
/// drawn share is put back, as a generator that paints detail of its own would. Parameters: `kind`,
/// `factor`, `detail` (0…1), `strength`, `model`, `forehead`, `drawn_in`, `soft`.
public struct SpectralGrid: Codable, Equatable, Sendable {
  /// An upsampling.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// Every pixel repeated.
    case nearest
    /// Zeros between the pixels, smoothed too little.
    case zeros
    /// A transposed convolution whose kernel overlaps itself unevenly: a checkerboard.
    case transposed
    /// A swap model's reconstruction of the same person, for those whom a model knows.
    case autoencoder
  }

  /// What is drawn from, all equally likely; where no model knows the face, without `autoencoder`.
  public var kinds = Kind.allCases
  /// How many times smaller, 2 or more.
  public var factors = [2, 4]
  /// The share of the lost detail that is put back.
  public var detail = StrengthRange(0.05, 0.7)
  /// How unevenly places of the grid are weighed by `zeros` and `transposed`: the deviation of
  /// their gains.
  public var strength = StrengthRange(0.04, 0.15)
  /// How often the mask ends at the brows.
  public var withoutForehead = 0.5
  /// How the mask is drawn.
  public var edge = MaskEdge()

  /// Faint and clear grids.
  public init() { (edge.drawnIn, edge.soft) = (StrengthRange(3, 11), StrengthRange(5, 17)) }

  func forged(
    _ face: RealFace, models: [ForgeryModel], chance: inout RandomSource
  ) -> Forgery {
    let known = models.filter { $0.side(of: face.identity) != nil }
    let possible = kinds.filter { $0 != .autoencoder || !known.isEmpty }
    let kind = chance.one(of: possible.isEmpty ? [.nearest] : possible)
    let hasForehead = !chance.happens(withoutForehead)
    var parameters: [String: ParameterValue] = [
      "kind": .word(kind.rawValue), "forehead": .truth(hasForehead),
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
