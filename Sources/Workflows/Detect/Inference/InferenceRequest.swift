/// What the user asks to be judged.
public struct InferenceRequest: Equatable, Sendable {
  /// Pictures, videos, and folders of these.
  public var inputs: [String]
  /// Names of models or of kinds of detectors; none for those of the newest run.
  public var detectors: [String] = []
  /// How the detectors' answers become one.
  public var ensemble = Ensemble.mean
  /// Processes every Nth frame; nil spaces `maxFrames` evenly over each video.
  public var every: Int?
  /// The maximum number of frames per video.
  public var maxFrames: Int? = 32
  /// Scores every identity, not only the largest face.
  public var findsAllFaces = false
  /// The narrowest face that is searched for, in pixels.
  public var smallest: Double?
  /// The name of the run, which writes to `Labs/NAME`; nil for `detect-FILE`.
  public var name: String?
  /// The folder for drawings and reports; nil for that of the run.
  public var out: String?
  /// Whether the reasons are looked for.
  public var isExplained = false
  /// The workspace; nil for the nearest one upwards.
  public var workspace: String?

  /// The newest detectors on some files.
  public init(inputs: [String]) { self.inputs = inputs }
}
