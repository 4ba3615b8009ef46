/// A trained swap model, and who its two faces are.
///
/// Forgeries only read its weights, from several threads at once.
public struct ForgeryModel: @unchecked Sendable {
  /// The model.
  public let model: SwapModel
  /// What it is called, such as the name of its run.
  public let name: String
  /// Who its faces A and B are, as `RealFace.identity` names them.
  public let identityA, identityB: String

  /// A model that learned these two people.
  public init(_ model: SwapModel, name: String, identityA: String, identityB: String) {
    (self.model, self.name) = (model, name)
    (self.identityA, self.identityB) = (identityA, identityB)
  }

  /// Who is on a side.
  public func identity(_ side: Side) -> String { side == .a ? identityA : identityB }

  /// The side of a person; nil for one whom it does not know.
  public func side(of identity: String) -> Side? {
    identity == identityA ? .a : identity == identityB ? .b : nil
  }
}
