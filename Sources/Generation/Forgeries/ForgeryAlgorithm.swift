public import Engine
public import Media

/// How a method forges.
///
/// The properties are the ranges of its random parameters, which a recipe can change.
public protocol ForgeryAlgorithm: Codable, Equatable, Sendable {
  /// Forges a 256×256 face that meets the method's requirements; nil if the material does not allow it.
  ///
  /// - Parameter chance: the only source of randomness; equal sources give equal pixels on any thread.
  func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery?

  /// Which property is out of range, such as `'PATH.factors' must be 2 or more, not 1`; nil if none is.
  ///
  /// - Parameter path: the key of the properties in a recipe.
  func fault(at path: String) -> String?
}

extension ForgeryAlgorithm {
  public func fault(at path: String) -> String? { nil }
}

/// What a face can be forged with.
public struct ForgeryMaterial: Sendable {
  /// All real faces.
  public let faces: [RealFace]
  /// The indices of possible donors: faces of other identities with landmarks; empty for methods that
  /// require none.
  public let donors: [Int]
  /// The swap models of the face's identity.
  public let models: [ForgeryModel]
  /// The autoencoders of pictures; nil for those that are embedded in the program.
  public let autoencoders: PictureAutoencoders?
}

/// A real face that forgeries are made from.
public struct RealFace: Sendable {
  /// The picture, 256×256, as in a face set.
  public var image: Image
  /// The 68 landmarks of iBUG 300-W in its pixels, if known.
  public var landmarks: [SIMD2<Float>]?
  /// The identity.
  public var identity: String
  /// The clip or folder that it belongs to.
  public var clip: String
  /// The frame of the clip, from 0.
  public var frame: Int?

  /// A face from a face set.
  public init(
    image: Image, landmarks: [SIMD2<Float>]?, identity: String, clip: String, frame: Int? = nil
  ) {
    (self.image, self.landmarks) = (image, landmarks)
    (self.identity, self.clip, self.frame) = (identity, clip, frame)
  }
}

extension RealFace {
  /// Whether it shows the same identity in another frame of the same clip, with landmarks.
  func isOtherFrame(of face: RealFace) -> Bool {
    clip == face.clip && identity == face.identity && landmarks != nil && frame != face.frame
  }
}

/// A trained swap model with the identities of its two faces.
///
/// Its weights are only read, from several threads at once.
public struct ForgeryModel: @unchecked Sendable {
  /// The model.
  public let model: SwapModel
  /// The model's name, such as the name of its run.
  public let name: String
  /// The identities of faces A and B, as in `RealFace.identity`.
  public let identityA, identityB: String

  /// A model of these two identities.
  public init(_ model: SwapModel, name: String, identityA: String, identityB: String) {
    (self.model, self.name) = (model, name)
    (self.identityA, self.identityB) = (identityA, identityB)
  }

  /// The identity of a side.
  public func identity(_ side: Side) -> String { side == .a ? identityA : identityB }

  /// The side of an identity; nil if the model does not include it.
  public func side(of identity: String) -> Side? {
    identity == identityA ? .a : identity == identityB ? .b : nil
  }
}
