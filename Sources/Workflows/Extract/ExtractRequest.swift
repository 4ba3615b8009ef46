public import Faces
public import Records

/// A request for an extraction.
public struct ExtractRequest: RunRequest {
  /// Pictures, folders of pictures and videos (files or URLs), in this order.
  public var inputs: [String] = []
  /// The folder of the face set.
  public var out = ""
  /// The interval of processed frames or pictures.
  public var every = 1
  /// The part of each video, in seconds.
  public var start, end: Double?
  /// The maximum number of faces to keep.
  public var maxFaces: Int?
  /// Whether to remove jitter from a video's landmarks.
  public var isSmooth = false
  /// Whether to write a face set per person.
  public var isTracked = false
  /// Whether to keep one face of each picture or frame, that of the person who recurs.
  public var keepsOneFace = false
  /// Whether to write masks.
  public var hasMasks = false
  // The quality limits; nil for none.
  public var minSize, minSharpness, minScore, minBrightness, minDifference: Double?
  /// The maximum yaw and pitch, in degrees.
  public var maxAngle: Double?
  /// The part of the inputs to process; nil for all.
  public var shard: Shard?
  /// Whether to replace an earlier extraction.
  public var isForced = false

  /// Without inputs.
  public init() {}

  /// An extraction from these inputs, with default settings.
  public init(inputs: [String], out: String) {
    (self.inputs, self.out) = (inputs, out)
  }

  /// The minimum width of faces to search for, in pixels.
  public var smallest: Double { minSize ?? FaceFinder.window }

  /// The quality limits.
  public var limits: FaceLimits {
    var limits = FaceLimits()
    (limits.size, limits.sharpness, limits.score) = (minSize, minSharpness, minScore)
    (limits.brightness, limits.difference) = (minBrightness, minDifference)
    limits.angle = maxAngle.map { $0 * .pi / 180 }
    return limits
  }
}

extension ExtractRequest {
  public static let command = "extract"
  public static let outputOption = "out"

  public static let options: [RequestOption<ExtractRequest>] = [
    RequestOption(
      "inputs", \.inputs, "Pictures, videos (files or URLs), and folders of them", form: .arguments,
      kind: .file(), isRequired: true),
    RequestOption("out", \.out, "Folder of the face set", kind: .folder, isRequired: true),
    RequestOption(
      "every", \.every, "Process every Nth frame or picture", .within(1...1_000_000)),
    RequestOption(
      "start", \.start, "Start of each video in seconds (default: 0)", .within(0...1e7)),
    RequestOption("end", \.end, "End of each video in seconds (default: its end)"),
    RequestOption(
      "max-faces", \.maxFaces, "Maximum number of faces (default: unlimited)",
      .within(1...1_000_000)),
    RequestOption("smooth", \.isSmooth, "Smooth the landmarks of videos over time, without lag"),
    RequestOption(
      "track", \.isTracked,
      "Write a separate face set for each identity in a video, largest first"),
    RequestOption(
      "one-face", \.keepsOneFace,
      """
      Keep one face per picture; of several, that of the identity that recurs in other pictures
      """),
    RequestOption("masks", \.hasMasks, "Write face masks"),
    RequestOption(
      "min-size", \.minSize, "Minimum face width in pixels, 20 or more (default: 80)",
      .within(20...10_000)),
    RequestOption(
      "min-sharpness", \.minSharpness,
      "Minimum sharpness (variance of the Laplacian, typically 5 to 500)", .within(0...1e6)),
    RequestOption(
      "min-score", \.minScore, "Minimum face detection score, typically 0 to 3", .within(-1...10)),
    RequestOption(
      "min-brightness", \.minBrightness, "Minimum mean brightness, 0 to 1", .within(0...1)),
    RequestOption(
      "min-difference", \.minDifference,
      """
      Minimum difference from the identity's previous crop, 0 to 1 (0.01 drops static frames)
      """, .within(0...1)),
    RequestOption(
      "max-angle", \.maxAngle, "Maximum yaw and pitch of the head in degrees, 1 to 90",
      .within(1...90)),
    .shard(\.shard, of: "inputs"),
    RequestOption("force", \.isForced, "Discard an earlier extraction in the folder"),
  ]

  public var conflict: String? {
    if inputs.isEmpty { return "Give at least one picture, folder or video." }
    if keepsOneFace, let given = given(among: "track", "max-faces") {
      return "\(given) cannot be used with --one-face. Omit one of them."
    }
    if shard != nil, let given = given(among: "max-faces") {
      return "\(given) cannot be used with --shard. Omit one of them."
    }
    if let end, !(end > (start ?? 0) && end.isFinite) {
      return "--end must be above \(start ?? 0), not \(end)."
    }
    return nil
  }

  /// The options that determine the faces, with their values.
  var settingChoices: [SettingChoice] { choices(except: ["out", "force"]) }

  /// The request as it is stored in the folder: the same for every current folder.
  ///
  /// - Parameter workspace: nil where there is none.
  func stored(in workspace: Workspace?) -> ExtractRequest {
    var request = workspace.map(recorded) ?? self
    request.isForced = false
    return request
  }
}
