public import Records
import Synthesis

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
  /// How many consecutive people share their scenes: pictures of the same number then differ only by
  /// the person.
  public var sharedScenes = 1
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

  // Sequences.

  /// Frames per second.
  public var rate = 25
  /// Blinks per minute; nil draws it for each person, as the other signals.
  public var blinks: Double?
  /// Heartbeats per minute.
  public var heartRate: Double?
  /// The strength of the pulse: percent of the green light that the forehead reflects; 0 for none.
  public var pulse: Double?
  /// Whether to write each sequence as a video, too; this implies a sequence of lossless pictures.
  public var video = false
  /// The video's constant rate factor, from 0 (best) to 51.
  public var quality = 18

  // The camera.

  /// The number of the camera, whose sensor has a fixed pattern; nil draws it for sequences, and means
  /// none for portraits.
  public var camera: Int?
  /// The standard deviation of the sensor's pattern in percent; 0 for none, nil draws it for each camera.
  public var pattern: Double?
  /// Whether pictures are written as PNG as they leave the sensor, without the camera's JPEG.
  public var lossless = false

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
  /// The range of frame rates of sequences.
  public static let rates = 10...60
  /// The range of blinks per minute.
  public static let blinkRates = 0.0...60
  /// The range of heartbeats per minute.
  public static let heartRates = 40.0...180
  /// The range of the strengths of the pulse and of sensor patterns, in percent.
  public static let strengths = 0.0...5
  /// The range of camera numbers.
  public static let cameras = 0...999_999_999
  /// The range of the video's rate factor.
  public static let qualities = 0...51

  /// The number of pictures of all people; the largest integer on overflow.
  public var pictures: Int {
    let (product, isTooLarge) = people.multipliedReportingOverflow(by: count)
    return isTooLarge ? .max : product
  }

  /// Whether the pictures are consecutive frames, for a video or without.
  var isSequence: Bool { sequence || video }

  /// Whether pictures are written as they leave the sensor.
  var isLossless: Bool { lossless || video }

  /// The name of picture `number`, from 0.
  func picture(_ number: Int) -> String {
    NumberText.padded(number + 1, to: 6) + (isLossless ? ".png" : ".jpg")
  }

  /// Blinks, pulse and camera of the people.
  var signals: SignalSettings {
    var signals = SignalSettings()
    signals.framesPerSecond = Double(rate)
    (signals.blinkRate, signals.heartRate) = (blinks, heartRate)
    signals.camera = camera.map { UInt64($0) }
    (signals.pulseStrength, signals.sensorPattern) = (
      pulse.map { $0 / 100 }, pattern.map { $0 / 100 }
    )
    return signals
  }
}

extension SynthesisRecipe {
  private enum Key: String, CodingKey {
    case about, people, count, seed, sharedScenes, size, sequence, yaw, pitch, roll, masks, depth
    case rate, blinks, heartRate, pulse, video, quality, camera, pattern, lossless
  }

  /// Writes unknown values, too: recipes are compared with all keys.
  public func encode(to encoder: any Encoder) throws {
    var recipe = encoder.container(keyedBy: Key.self)
    try recipe.encode(about, forKey: .about)
    try recipe.encode(people, forKey: .people)
    try recipe.encode(count, forKey: .count)
    try recipe.encode(seed, forKey: .seed)
    try recipe.encode(sharedScenes, forKey: .sharedScenes)
    try recipe.encode(size, forKey: .size)
    try recipe.encode(sequence, forKey: .sequence)
    try recipe.encode(yaw, forKey: .yaw)
    try recipe.encode(pitch, forKey: .pitch)
    try recipe.encode(roll, forKey: .roll)
    try recipe.encode(masks, forKey: .masks)
    try recipe.encode(depth, forKey: .depth)
    try recipe.encode(rate, forKey: .rate)
    try recipe.encode(blinks, forKey: .blinks)
    try recipe.encode(heartRate, forKey: .heartRate)
    try recipe.encode(pulse, forKey: .pulse)
    try recipe.encode(video, forKey: .video)
    try recipe.encode(quality, forKey: .quality)
    try recipe.encode(camera, forKey: .camera)
    try recipe.encode(pattern, forKey: .pattern)
    try recipe.encode(lossless, forKey: .lossless)
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
    let faults = [
      fault("people", people, counts), fault("count", count, counts),
      fault("sharedScenes", sharedScenes, counts),
      fault("size", size, SynthesisRecipe.sizes), fault("yaw", yaw, SynthesisRecipe.yaws),
      fault("pitch", pitch, SynthesisRecipe.pitches), fault("roll", roll, SynthesisRecipe.rolls),
      fault("rate", rate, SynthesisRecipe.rates),
      fault("quality", quality, SynthesisRecipe.qualities),
      blinks.flatMap { fault("blinks", $0, SynthesisRecipe.blinkRates) },
      heartRate.flatMap { fault("heartRate", $0, SynthesisRecipe.heartRates) },
      pulse.flatMap { fault("pulse", $0, SynthesisRecipe.strengths) },
      camera.flatMap { fault("camera", $0, SynthesisRecipe.cameras) },
      pattern.flatMap { fault("pattern", $0, SynthesisRecipe.strengths) }, contradiction,
    ]
    return faults.compactMap(\.self).first
  }

  /// Which values do not fit together, to be used inside a sentence; nil if all do.
  var contradiction: String? {
    let signals: [(String, Double?)] = [
      ("blinks", blinks), ("heartRate", heartRate), ("pulse", pulse),
    ]
    if !isSequence, let (key, _) = signals.first(where: { $0.1 != nil }) {
      return "'\(key)' requires 'sequence' or 'video'"
    }
    if video, !size.isMultiple(of: 2) {
      return "'size' must be even for a video, not \(size)"
    }
    return nil
  }
}
