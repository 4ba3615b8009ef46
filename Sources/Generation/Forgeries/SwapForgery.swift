public import Engine
import Faces
import Media

/// A face swapped by one of the models of its identity.
///
/// Parameters: `model`, `to` (the side, `a` or `b`), `mask`, `color`, `blend`, `sharpening`,
/// `forehead`, `drawn_in`, `soft`.
public struct SwapForgery: ForgeryAlgorithm {
  /// How the face is inserted.
  public var placing = ModelFaceSettings()

  /// All models, masks and color transfers.
  public init() {}

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    guard !material.models.isEmpty else { return nil }
    let model = chance.one(of: material.models)
    guard let own = model.side(of: face.identity) else { return nil }
    let made = ModelFace(of: face.image, by: model, to: own.other)
    return placing.placed(
      made, of: face, chance: &chance,
      parameters: ["model": .word(model.name), "to": .word(own.other.rawValue)],
      identity: model.identity(own.other))
  }
}
