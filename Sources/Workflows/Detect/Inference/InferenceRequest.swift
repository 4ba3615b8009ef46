public import Records

/// A request to score files.
public struct InferenceRequest: Equatable, Sendable {
  /// Pictures, videos, and folders of them.
  public var inputs: [String]
  /// Names of models or detector kinds; empty for those of the newest run.
  public var detectors: [String] = []
  /// The combination of several detectors' scores.
  public var ensemble = Ensemble.mean
  /// Processes every Nth frame; nil spaces `maxFrames` evenly over each video.
  public var every: Int?
  /// The maximum number of frames per video.
  public var maxFrames: Int? = 32
  /// Scores every identity, not only the largest face.
  public var findsAllFaces = false
  /// The minimum face width, in pixels.
  public var smallest: Double?
  /// The name of the run, which writes to `Labs/NAME`; nil for `detect-FILE`.
  public var name: String?
  /// The folder for drawings and reports; nil for that of the run.
  public var out: String?
  /// Whether to explain the scores.
  public var isExplained = false
  /// The workspace; nil for the nearest one at or above the current folder.
  public var workspace: String?

  /// Scores files with the newest detectors.
  public init(inputs: [String]) { self.inputs = inputs }
}

/// What the scoring of files reports while it works.
public enum InferenceEvent: RunEvent, Equatable {
  /// So many faces of a file are scored.
  case advanced(file: String, faces: Int)
  /// A sentence for the user.
  case noted(String)
}
