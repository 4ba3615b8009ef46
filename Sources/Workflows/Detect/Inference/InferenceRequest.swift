/// What the user asks to be judged.
public struct InferenceRequest: Equatable, Sendable {
  /// Pictures, videos, and folders of these.
  public var inputs: [String]
  /// Names of models or of kinds of detectors; none for those of the newest run.
  public var detectors: [String] = []
  /// How the detectors' answers become one.
  public var ensemble = Ensemble.mean
  /// Looks at every so many frames; nil spreads `most` over each video.
  public var every: Int?
  /// Frames of a video at most.
  public var most: Int? = 32
  /// Judges every person of a video or picture, not the largest face alone.
  public var isTracked = false
  /// The narrowest face that is searched for, in pixels.
  public var smallest: Double?
  /// Where drawings and reports go; nil for none.
  public var out: String?
  /// Whether the reasons are looked for.
  public var isExplained = false
  /// The workspace; nil for the nearest one upwards.
  public var workspace: String?

  /// The newest detectors on some files.
  public init(inputs: [String]) { self.inputs = inputs }
}
