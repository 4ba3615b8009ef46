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
      "The method '\(method.rawValue)' needs faces with landmarks: take them out of their pictures "
        + "with 'dflab extract'."
    case .noModel(let method, let identity):
      "The method '\(method.rawValue)' needs a swap model that has learned '\(identity)': train one "
        + "with 'dflab swap'."
    case .noDonor(let method, let identity):
      "The method '\(method.rawValue)' needs the face of someone other than '\(identity)' in the "
        + "same split, with landmarks: add a face set of another person."
    }
  }
}
