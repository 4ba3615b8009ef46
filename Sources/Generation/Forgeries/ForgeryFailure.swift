/// Why a forgery cannot be made of a face.
public enum ForgeryFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The face has no landmarks.
  case noLandmarks(ForgeryMethod)
  /// No swap model learned this person.
  case noModel(ForgeryMethod, identity: String)
  /// None of the faces that may be put in is another person's, with landmarks.
  case noDonor(ForgeryMethod, identity: String)

  /// What is missing and where to get it, for the user.
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
