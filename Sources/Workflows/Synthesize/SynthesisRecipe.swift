public import Records

/// A recipe for rendering synthetic people: a few lines of JSON.
///
/// The same recipe gives the same pictures on every machine. More people or more pictures leave
/// existing ones unchanged.
public struct SynthesisRecipe: Codable, Equatable, Sendable {
  /// A description.
  public var about = ""
  /// The number of people.
  public var people = 2
  /// The number of pictures per person.
  public var count = 400
  /// The random seed.
  public var seed: UInt64 = 1
  /// Pixels along a side of a picture.
  public var size = 256
  /// Whether the pictures are consecutive frames of one clip.
  public var sequence = false
  /// The range of head rotation either way, in degrees.
  public var yaw = 30.0
  public var pitch = 12.0
  public var roll = 8.0
  /// Whether to write each picture's face mask and depth.
  public var masks = true
  public var depth = true

  /// Two people, 400 portraits each.
  public init() {}

  /// The maximum number of pictures of all people.
  public static let mostPictures = 200_000
  /// The range of picture sizes.
  public static let sizes = 64...1024
  /// The maximum head rotation, in degrees.
  public static let yaws = 0.0...45
  public static let pitches = 0.0...25
  public static let rolls = 0.0...20

  /// The number of pictures of all people; the largest integer on overflow.
  public var pictures: Int {
    let (product, isTooLarge) = people.multipliedReportingOverflow(by: count)
    return isTooLarge ? .max : product
  }
}

extension SynthesisRecipe: RecipeFile {
  public static let manual = "Datasets/README.md"

  public var fault: String? {
    func fault<Value: Comparable>(
      _ key: String, _ value: Value, _ range: ClosedRange<Value>
    ) -> String? {
      range.contains(value)
        ? nil
        : "'\(key)' must be between \(range.lowerBound) and \(range.upperBound), not \(value)"
    }
    let counts = 1...SynthesisRecipe.mostPictures
    return fault("people", people, counts) ?? fault("count", count, counts)
      ?? fault("size", size, SynthesisRecipe.sizes) ?? fault("yaw", yaw, SynthesisRecipe.yaws)
      ?? fault("pitch", pitch, SynthesisRecipe.pitches)
      ?? fault("roll", roll, SynthesisRecipe.rolls)
  }
}
