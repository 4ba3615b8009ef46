public import Engine
public import Faces
public import Media

/// Makes forgeries of real faces; may be used from several threads at once.
///
/// Results depend only on the faces, the models, the strengths and `RandomSource`.
public struct Forger: Sendable {
  /// The real faces that forgeries are made from.
  public let faces: [RealFace]
  /// The available swap models.
  public let models: [ForgeryModel]
  /// The autoencoders for reconstructions; nil for those that are embedded in the program.
  public let autoencoders: PictureAutoencoders?
  /// The ranges of random parameters.
  public let strengths: ForgeryStrengths

  /// A forger of these faces.
  public init(
    faces: [RealFace], models: [ForgeryModel] = [], autoencoders: PictureAutoencoders? = nil,
    strengths: ForgeryStrengths = .init()
  ) {
    (self.faces, self.models, self.strengths) = (faces, models, strengths)
    self.autoencoders = autoencoders
  }

  /// The reason why a method cannot be applied to a face; nil if it can.
  ///
  /// - Parameter donors: the faces that may be inserted, those of the same split.
  public func obstacle(
    to method: ForgeryMethod, of face: Int, donors: [Int]
  ) -> ForgeryFailure? {
    let own = faces[face]
    if method.needs.contains(.landmarks), own.landmarks == nil { return .noLandmarks(method) }
    if method.needs.contains(.model), !models.contains(where: { $0.side(of: own.identity) != nil })
    {
      return .noModel(method, identity: own.identity)
    }
    if method.needs.contains(.donor), !donors.contains(where: { isDonor($0, for: face) }) {
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
    let material = ForgeryMaterial(
      faces: faces,
      donors: method.needs.contains(.donor) ? donors.filter { isDonor($0, for: face) } : [],
      models: models.filter { $0.side(of: own.identity) != nil }, autoencoders: autoencoders)
    return strengths[method].forgery(of: own, from: material, chance: &chance)
  }

  /// Whether a face has landmarks and another identity.
  private func isDonor(_ donor: Int, for face: Int) -> Bool {
    faces[donor].landmarks != nil && faces[donor].identity != faces[face].identity
  }
}

/// A forged face, with a description of the forgery.
public struct Forgery: Equatable, Sendable {
  /// The picture, 256×256; outside the mask it equals the real one, to the bit.
  public var image: Image
  /// The random parameters, by the names that each method documents.
  public var parameters: [String: ParameterValue]
  /// The index of the real face that was inserted; nil for none.
  public var donor: Int?
  /// The identity of the inserted face, if it is another person or a model's version of one.
  public var identity: String?
  /// The blending boundary, 4 m (1 − m) of the mask m, if the method keeps it as ground truth.
  public var boundary: GrayImage?
  /// The forged share of each pixel, 0…1; where it is 0 the picture is unchanged.
  public var mask: Plane
}

/// The reason why a face cannot be forged.
public enum ForgeryFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The face has no landmarks.
  case noLandmarks(ForgeryMethod)
  /// There is no swap model of this identity.
  case noModel(ForgeryMethod, identity: String)
  /// None of the possible donors is another identity with landmarks.
  case noDonor(ForgeryMethod, identity: String)

  /// What is missing and how to get it, for the user.
  public var description: String {
    switch self {
    case .noLandmarks(let method):
      "'\(method.name)' needs faces with landmarks. Create them with 'dflab extract'."
    case .noModel(let method, let identity):
      "'\(method.name)' needs a swap model of '\(identity)'. Train one with 'dflab swap'."
    case .noDonor(let method, let identity):
      "'\(method.name)' needs a face with landmarks of an identity other than '\(identity)' in the "
        + "same split. Add a face set of another identity."
    }
  }
}
