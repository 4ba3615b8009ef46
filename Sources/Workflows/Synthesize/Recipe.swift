/// Which synthetic people to render, and how: a few lines of JSON.
///
/// The same recipe gives the same pictures on every machine. More people or more pictures leave
/// those that there were as they are.
public struct Recipe: Codable, Equatable, Sendable {
  /// What it is for, in words.
  public var about: String?
  /// How many people.
  public var people = 2
  /// Pictures of each.
  public var count = 400
  /// What all chance follows from.
  public var seed: UInt64 = 1
  /// Pixels along a side of a picture.
  public var size = 256
  /// Whether the pictures are the frames of one clip, in time.
  public var sequence = false
  /// How far heads turn, nod and lean either way, in degrees.
  public var yaw = 30.0
  public var pitch = 12.0
  public var roll = 8.0
  /// Whether each picture gets its face mask and its depth, as pictures of their own.
  public var masks = true
  public var depth = true

  /// Two people, 400 portraits each.
  public init() {}

  /// The most pictures, of all people, that are made at once.
  public static let mostPictures = 200_000
  /// How large pictures may be.
  public static let sizes = 64...1024
  /// How far heads may turn, nod and lean, in degrees.
  public static let yaws = 0.0...45
  public static let pitches = 0.0...25
  public static let rolls = 0.0...20

  /// All pictures of all people; the largest number where there is none for it.
  public var pictures: Int {
    let (product, isTooLarge) = people.multipliedReportingOverflow(by: count)
    return isTooLarge ? .max : product
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case about, people, count, seed, size, sequence, yaw, pitch, roll, masks, depth
  }
}
