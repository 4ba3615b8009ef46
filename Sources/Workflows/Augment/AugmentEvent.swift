public import Faces

/// What the making of a labeled set has to tell, as it happens.
public enum AugmentEvent: Equatable, Sendable {
  /// Something that the user should know; a sentence.
  case noted(String)
  /// The faces and models that the set is made from.
  case read(faces: Int, people: Int, sets: [String], models: [String])
  /// So many people are in each split.
  case divided(people: [Split: Int])
  /// Work begins, or goes on: so many pictures of all are there.
  case started(folder: String, done: Int, of: Int)
  /// So many pictures of all are there.
  case made(Int, of: Int)
  /// Classifiers that see no face are tried.
  case auditing
}

/// What the making of a labeled set ends with.
public struct AugmentOutcome: Encodable, Equatable, Sendable {
  /// The folder of the set.
  public let folder: String
  /// Pictures that are there, and that were asked for.
  public let made, pictures: Int
  /// Pictures by method and split.
  public let methods: [String: [String: Int]]
  /// Rows of pictures, one a method; nil when the making was interrupted.
  public let sheet: String?
  /// What classifiers that see no face can tell; nil where they were not tried.
  public let audit: AuditReport?
  /// Pictures a second in this session; nil when there was nothing left to do.
  public let picturesPerSecond: Double?

  enum CodingKeys: String, CodingKey {
    case folder, made, pictures, methods, sheet, audit
    case picturesPerSecond = "pictures_per_second"
  }
}
