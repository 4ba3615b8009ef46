import Engine
import Faces
import Media

/// How a generated face is inserted into the picture.
public struct ModelFaceSettings: Codable, Equatable, Sendable {
  /// The mask shapes, equally likely; the hull only for faces with landmarks, `learned` only for
  /// models that output a mask.
  public var masks = [MaskShape.hull, .ellipse, .learned]
  /// The color transfers, equally likely.
  ///
  /// Without any transfer, the mean color alone would reveal most swaps.
  public var colors = [ColorTransfer.mean, .lab, .linear, .histogram]
  /// The probability of Poisson blending.
  public var poisson = 0.25
  /// The amount of sharpening.
  public var sharpening = StrengthRange(0, 0.5)
  /// The probability that the mask includes the forehead.
  public var forehead = 0.7
  /// The mask's edge.
  public var edge = MaskEdge()

  /// The masks, transfers and blends of `dflab convert`.
  public init() {
    edge.elasticStrength = 0
    (edge.drawnIn, edge.soft) = (StrengthRange(3, 13), StrengthRange(5, 25))
  }

  /// The picture with the face in it.
  func placed(
    _ made: ModelFace, of face: RealFace, chance: inout RandomSource,
    parameters: [String: ParameterValue], identity: String
  ) -> Forgery {
    var parameters = parameters
    let mask = mask(for: made, of: face, chance: &chance, parameters: &parameters)
    let finish = FaceFinish(
      color: chance.one(of: colors), blend: chance.happens(poisson) ? .poisson : .feather,
      sharpening: Float(sharpening.drawn(from: &chance)))
    var fitted = made
    fitted.fit(finish, mask: mask)
    parameters["color"] = .word(finish.color.rawValue)
    parameters["blend"] = .word(finish.blend.rawValue)
    parameters["sharpening"] = .number(Double(finish.sharpening))
    return Forgery(
      image: face.image.mixed(with: fitted.layer, by: mask), parameters: parameters,
      identity: identity, mask: mask)
  }

  /// The mask of the face.
  private func mask(
    for made: ModelFace, of face: RealFace, chance: inout RandomSource,
    parameters: inout [String: ParameterValue]
  ) -> Plane {
    let possible = masks.filter {
      $0 == .hull ? face.landmarks != nil : $0 == .learned ? made.hasMask : true
    }
    let shape = possible.isEmpty ? .ellipse : chance.one(of: possible)
    parameters["mask"] = .word(shape.rawValue)
    if shape == .none { return .wholeCrop }
    if shape == .learned, let own = made.ownMask { return own }
    let hasForehead = chance.happens(forehead)
    var outline = face
    if shape == .hull {
      parameters["forehead"] = .boolean(hasForehead)
    } else {
      outline.landmarks = nil
    }
    let (soft, drawn) = edge.mask(
      of: FaceRegion(of: outline, includesForehead: hasForehead), chance: &chance)
    parameters.merge(drawn) { $1 }
    return soft.fadedOutsideCrop
  }

  /// A mask without a model: the hull of the landmarks, or an ellipse.
  func drawnMask(of face: RealFace, chance: inout RandomSource) -> Plane {
    var outline = face
    if chance.happens(0.5) { outline.landmarks = nil }
    let region = FaceRegion(of: outline, includesForehead: chance.happens(forehead))
    return edge.mask(of: region, chance: &chance).0.fadedOutsideCrop
  }
}
