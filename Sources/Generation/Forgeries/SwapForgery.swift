import Engine
import Faces
import Media

/// A face swapped by one of the models of its identity.
///
/// Parameters: `model`, `to` (the side, `a` or `b`), `mask`, `color`, `blend`, `sharpening`,
/// `forehead`, `drawn_in`, `soft`.
public struct SwapForgery: Codable, Equatable, Sendable {
  /// How the face is inserted.
  public var placing = ModelFaceSettings()

  /// All models, masks and color transfers.
  public init() {}

  func forged(_ face: RealFace, models: [ForgeryModel], chance: inout RandomSource) -> Forgery? {
    let known = models.filter { $0.side(of: face.identity) != nil }
    guard !known.isEmpty else { return nil }
    let model = chance.one(of: known)
    guard let own = model.side(of: face.identity) else { return nil }
    let made = ModelFace(of: face.image, by: model, to: own.other)
    return placing.placed(
      made, of: face, chance: &chance,
      parameters: ["model": .word(model.name), "to": .word(own.other.rawValue)],
      identity: model.identity(own.other))
  }
}
