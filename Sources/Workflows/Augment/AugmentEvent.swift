public import Faces
public import Records

/// An event of an augmentation.
public enum AugmentEvent: RunEvent, Equatable {
  /// A note for the user; a sentence.
  case noted(String)
  /// The faces and models were read; `clips` is nil where samples are pictures.
  case read(faces: Int, clips: Int?, people: Int, sets: [String], models: [String])
  /// The identities were split.
  case divided(people: [Split: Int])
  /// The augmentation has started or resumed, with the number of existing samples.
  case started(folder: String, done: Int, of: Int)
  /// Progress.
  case made(Int, of: Int)
  /// The shortcut baselines are being trained.
  case auditing
}

/// The result of an augmentation.
public struct AugmentOutcome: Encodable, Equatable, Sendable {
  /// The dataset's folder.
  public let folder: String
  /// The numbers of existing and of requested samples.
  public let made, pictures: Int
  /// Samples by method and split.
  public let methods: [String: [String: Int]]
  /// The contact sheet, with a row per method; nil for a shard, or if the
  /// augmentation was interrupted.
  public let sheet: String?
  /// The finished shard; nil for a whole dataset, or if the augmentation was interrupted.
  public let shard: Shard?
  /// The results of shortcut baselines; nil if they were not trained.
  public let audit: AuditReport?
  /// Samples per second in this session; nil if there was nothing left to do.
  public let picturesPerSecond: Double?

  enum CodingKeys: String, CodingKey {
    case folder, made, pictures, methods, sheet, shard, audit
    case picturesPerSecond = "pictures_per_second"
  }
}
