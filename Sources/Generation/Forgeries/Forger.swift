public import Engine
import Faces
import Media

/// Makes forgeries of real faces; may be asked from several threads at once.
///
/// What comes out follows from the faces, the models, the strengths and `RandomSource` alone.
public struct Forger: Sendable {
  /// The real faces that forgeries are made from.
  public let faces: [RealFace]
  /// The swap models at hand.
  public let models: [ForgeryModel]
  /// How strong the forgeries are drawn.
  public let strengths: ForgeryStrengths

  /// A forger of these faces.
  public init(
    faces: [RealFace], models: [ForgeryModel] = [], strengths: ForgeryStrengths = .init()
  ) {
    (self.faces, self.models, self.strengths) = (faces, models, strengths)
  }

  /// Why a method cannot be applied to a face; nil where it can.
  ///
  /// - Parameter donors: the faces that may be put in, those of the same split.
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

  /// A forgery; nil where `obstacle` says why there is none.
  ///
  /// - Parameters:
  ///   - face: the number of the face that is forged, 256×256.
  ///   - donors: the faces that may be put in, those of the same split.
  ///   - randomness: everything that is drawn; the same gives the same pixels on any thread.
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

  /// Whether a face has landmarks and is another person's.
  private func isDonor(_ donor: Int, for face: Int) -> Bool {
    faces[donor].landmarks != nil && faces[donor].identity != faces[face].identity
  }
}
