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
