public import Engine
import Faces
import Media

/// Makes forgeries of real faces; may be used from several threads at once.
///
/// Results depend only on the faces, the models, the strengths and `RandomSource`.
public struct Forger: Sendable {
  /// The real faces that forgeries are made from.
  public let faces: [RealFace]
  /// The available swap models.
  public let models: [ForgeryModel]
  /// The ranges of random parameters.
  public let strengths: ForgeryStrengths

  /// A forger of these faces.
  public init(
    faces: [RealFace], models: [ForgeryModel] = [], strengths: ForgeryStrengths = .init()
  ) {
    (self.faces, self.models, self.strengths) = (faces, models, strengths)
  }

  /// The reason why a method cannot be applied to a face; nil if it can.
  ///
  /// - Parameter donors: the faces that may be inserted, those of the same split.
  public func obstacle(
    to method: ForgeryMethod, of face: Int, donors: [Int]
  ) -> ForgeryFailure? {
    let own = faces[face]
    if method.needsLandmarks, own.landmarks == nil { return .noLandmarks(method) }
    if method.needsModel, !models.contains(where: { $0.side(of: own.identity) != nil }) {
      return .noModel(method, identity: own.identity)
    }
    if method.needsDonor, !donors.contains(where: { isDonor($0, for: face) }) {
      return .noDonor(method, identity: own.identity)
    }
    return nil
  }

  /// A forgery; nil if `obstacle` gives a reason.
  ///
  /// - Parameters:
  ///   - face: the index of the face to forge, 256×256.
  ///   - donors: the faces that may be inserted, those of the same split.
  ///   - randomness: the source of all random values; the same source gives the same pixels on any
  ///     thread.
  public func forgery(
    _ method: ForgeryMethod, of face: Int, donors: [Int], randomness: RandomSource
  ) -> Forgery? {
    guard obstacle(to: method, of: face, donors: donors) == nil else { return nil }
    let own = faces[face]
    precondition(
      own.image.width == Crop.pictureSide && own.image.height == Crop.pictureSide,
      "a face of \(own.image.width)x\(own.image.height)")
    var chance = randomness
    switch method {
    case .swap: return strengths.swap.forged(own, models: models, chance: &chance)
    case .sbi: return strengths.sbi.forged(own, chance: &chance)
    case .xray:
      let possible = donors.filter { isDonor($0, for: face) }
      return strengths.xray.forged(own, faces: faces, donors: possible, chance: &chance)
    case .warp: return strengths.warp.forged(own, chance: &chance)
    case .upsample: return strengths.upsample.forged(own, models: models, chance: &chance)
    case .gan: return strengths.gan.forged(own, models: models, chance: &chance)
    }
  }

  /// Whether a face has landmarks and another identity.
  private func isDonor(_ donor: Int, for face: Int) -> Bool {
    faces[donor].landmarks != nil && faces[donor].identity != faces[face].identity
  }
}
