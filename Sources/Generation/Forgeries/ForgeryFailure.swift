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
      "'\(method.rawValue)' needs faces with landmarks. Create them with 'dflab extract'."
    case .noModel(let method, let identity):
      "'\(method.rawValue)' needs a swap model of '\(identity)'. Train one with 'dflab swap'."
    case .noDonor(let method, let identity):
      "'\(method.rawValue)' needs a face with landmarks of an identity other than '\(identity)' in the "
        + "same split. Add a face set of another identity."
    }
  }
}
