public import Detection
public import Records

/// A request to score files.
public struct InferenceRequest: RunRequest {
  /// Pictures, videos, and folders of them.
  public var inputs: [String] = []
  /// Names of models or detector kinds; empty for those of the newest run.
  public var detectors: [String] = []
  /// The combination of several detectors' scores; nil for their mean.
  public var ensemble: Ensemble?
  /// Processes every Nth frame; nil spaces `frameLimit` evenly over each video.
  public var every: Int?
  /// The maximum number of frames per video; nil for all with `every`, 32 without.
  public var maxFrames: Int?
  /// Scores every identity, not only the largest face.
  public var findsAllFaces = false
  /// The minimum face width, in pixels.
  public var smallest: Double?
  /// A folder with a folder of pictures of each known camera, whose noise is compared; nil for none.
  public var references: String?
  /// The name of the run, which writes to `Labs/NAME`; nil for `detect-FILE`.
  public var name: String?
  /// The folder for drawings and reports; nil for that of the run.
  public var out: String?
  /// Whether to explain the scores.
  public var isExplained = false
  /// The workspace; nil for the nearest one at or above the current folder.
  public var workspace: String?

  /// Without files.
  public init() {}

  /// Scores files with the newest detectors.
  public init(inputs: [String]) { self.inputs = inputs }

  /// The maximum number of frames per video; nil for all.
  var frameLimit: Int? { maxFrames ?? (every == nil ? 32 : nil) }
}

extension InferenceRequest {
  public static let command = "detect"
  public static let outputOption = "out"
  private static let section = "Inference"

  public static let options: [RequestOption<InferenceRequest>] = [
    RequestOption(
      "inputs", \.inputs, "Pictures, videos, and folders of them", form: .arguments, kind: .file()),
    .detectors(
      read: { $0.detectors },
      write: { request, words throws(RequestFault) in request.detectors = words }),
    .detectRunName(\.name),
    RequestOption(
      "every", \.every, "Process every Nth frame of a video", .within(1...1_000_000),
      section: section),
    RequestOption(
      "max-frames", \.maxFrames,
      "Maximum number of frames per video, evenly spaced without --every (default: 32)",
      .within(1...10_000_000), section: section),
    RequestOption(
      "all-faces", \.findsAllFaces, "Score every identity, not only the largest face",
      section: section),
    RequestOption(
      "min-size", \.smallest, "Minimum face width in pixels (default: 80)", .within(20...10_000),
      section: section),
    RequestOption(
      "references", \.references,
      """
      Folder of reference pictures, one subfolder per known camera, to match the sensor noise \
      against
      """, kind: .folder, section: section),
    RequestOption(
      "ensemble", \.ensemble,
      """
      Combination of several detectors: mean (of their scores), or vote (fraction of detectors that \
      score \(Ensemble.voteThreshold) or higher, whatever their own thresholds) (default: mean)
      """, section: section),
    RequestOption(
      "out", \.out,
      "Output folder for verdict, timeline and explanation (default: Labs/detect-FILE)",
      kind: .folder, section: section),
    RequestOption(
      "explain", \.isExplained,
      """
      Explain the scores: spectrum, blending boundary, Grad-CAM heat maps of networks, and what detectors \
      of signals measure
      """,
      section: section),
    .workspace(\.workspace),
  ]

  public var conflict: String? {
    name != nil && out != nil ? "Give --name or --out, not both." : nil
  }
}

/// What the scoring of files reports while it works.
public enum InferenceEvent: RunEvent {
  /// So many faces of a file are scored.
  case advanced(file: String, faces: Int)
  /// A note for the user; a sentence.
  case noted(String)
  /// A file is scored; with the explanation, if it was asked for, and the folder of what was written,
  /// if there is one.
  case scored(FileVerdict, explanation: Explanation?, folder: String?)
}
