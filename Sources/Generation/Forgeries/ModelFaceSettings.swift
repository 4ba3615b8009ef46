import Engine
import Faces
import Media

/// How the face that a model made is put back into the picture.
public struct ModelFaceSettings: Codable, Equatable, Sendable {
  /// Where the face shows, all equally likely; faces without landmarks take the ellipse.
  public var masks = [MaskShape.hull, .ellipse]
  /// How often the model's own mask is taken instead, where it makes one.
  public var learned = 0.5
  /// How the face takes on the picture's light, all equally likely.
  public var colours = ColourTransfer.allCases
  /// How often its edge takes on the picture's light by Poisson's equation.
  public var poisson = 0.25
  /// How much detail is raised.
  public var sharpening = StrengthRange(0, 0.5)
  /// How often the mask reaches to the forehead.
  public var forehead = 0.7
  /// How the mask is drawn.
  public var edge = MaskEdge()

  /// Every mask, transfer and blend that conversion knows.
  public init() {
    edge.elasticStrength = 0
    (edge.drawnIn, edge.soft) = (StrengthRange(3, 13), StrengthRange(5, 25))
  }

  /// The picture with the face in it.
  func placed(
    _ made: ModelFace, of face: RealFace, chance: inout RandomSource,
    parameters: [String: ParameterValue], identity: String
  ) -> Forgery {
    let shape = face.landmarks == nil ? .ellipse : chance.one(of: masks)
    let hasForehead = chance.happens(forehead)
    let finish = FaceFinish(
      colour: chance.one(of: colours), blend: chance.happens(poisson) ? .poisson : .feather,
      sharpening: Float(sharpening.drawn(from: &chance)))
    var outline = face
    if shape == .ellipse { outline.landmarks = nil }
    let region = FaceRegion(of: outline, includesForehead: hasForehead)
    let (whole, drawn) = edge.mask(of: region, chance: &chance)
    let own = chance.happens(learned) ? made.ownMask : nil
    let mask = own ?? whole.fadedOutsideCrop
    var fitted = made
    fitted.fit(finish, mask: mask)
    var parameters = parameters
    parameters["mask"] = .word(own == nil ? shape.rawValue : "learned")
    parameters["colour"] = .word(finish.colour.rawValue)
    parameters["blend"] = .word(finish.blend.rawValue)
    parameters["sharpening"] = .number(Double(finish.sharpening))
    if own == nil {
      parameters.merge(drawn) { $1 }
      if shape == .hull { parameters["forehead"] = .truth(hasForehead) }
    }
    return Forgery(
      image: face.image.mixed(with: fitted.layer, by: mask), parameters: parameters,
      identity: identity, mask: mask)
  }
}
