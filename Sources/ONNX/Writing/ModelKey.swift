/// The metadata of an exported graph: what `dflab models export --onnx` writes, and what tells an import how
/// to use the graph without options.
///
/// All values are text; those that are marked as JSON are objects with the keys of dflab's own model files.
public enum ModelKey: String, CaseIterable, Sendable {
  // Of every graph.

  /// `dflab detector` or `dflab swap`.
  case kind
  /// The program that trained the model, such as `dflab 0.1.0`.
  case program
  /// That dflab made the model, and what those who use it owe to others.
  case mark
  /// The name of the exported model, and the SHA-256 of its file in hexadecimal.
  case name, source
  /// The names of the datasets or face sets that it was trained on, separated by commas.
  case data
  /// What was measured on held-out data, in words: metrics, their intervals, the split.
  case figures
  /// The training settings; JSON.
  case settings
  /// How to prepare the input, in words.
  case pictures
  /// What the outputs mean, in words.
  case output

  // How to prepare the input.

  /// How the axes of the input follow each other: `nchw` for pictures, `ntchw` for clips and flows.
  case layout
  /// The frames of a clip; 1 for pictures.
  case frames
  /// How faces are aligned before the crop: `dflab`, the 256×256 crops of `dflab extract`.
  case alignment
  /// The central share of the side of an aligned crop that the input shows, 0 to 1.
  case share
  /// Rows, and columns, of the input, to which that part is area-averaged.
  case side

  // Of detectors.

  /// The kind of the detector, such as `efficientnet-b0`.
  case detector
  /// Side, share, and the mean and deviation that the graph itself normalizes by; JSON.
  case input
  /// The slope and intercept that turn the output `logit` into the logit of the output `probability`; JSON.
  case calibration
  /// The probability at and above which a sample counts as fake in metrics of two classes.
  case threshold
  /// The probabilities at and above which the verdict is fake, and below which it is real.
  case fakeAt = "fake_at"
  case realBelow = "real_below"
  /// The error rates of verdicts; JSON.
  case errorRates = "error_rates"
  /// The scores of validation videos; JSON.
  case scoreDistributions = "score_distributions"
  /// The quality of pictures that the detector knows, where it is not the usual one; JSON.
  case inputRange = "input_range"
  /// The number of identities in the training data.
  case identities

  // Of swap models.

  /// The architecture, such as `fast`.
  case architecture
  /// `a2b` or `b2a`.
  case direction
  /// Whether the graph outputs a mask: `true` or `false`.
  case mask
  /// How far the training faces of both identities are turned, in radians; JSON.
  case poses
  /// The XMP packet by which pictures that the model makes are marked as synthetic.
  case xmp
}

/// The names of the inputs and outputs of exported graphs.
public enum ModelPort {
  /// The input of a detector of pictures, `[N, 3, side, side]` in red, green and blue from 0 to 255.
  public static let pictures = "pictures"
  /// The input of a detector of clips, `[N, frames, 3, side, side]`, likewise.
  public static let clips = "clips"
  /// The input of a detector of optical flow, `[N, frames − 1, 2, side, side]`: displacements in pixels, to
  /// the right and down.
  public static let flow = "flow"
  /// The first output of a detector: the calibrated probability of fake, `[N, 1]`.
  public static let probability = "probability"
  /// The second output of a detector: its logit before calibration, `[N, 1]`.
  public static let logit = "logit"
  /// The input of a swap model, `[N, 3, side, side]` in red, green and blue from 0 to 255.
  public static let faces = "faces"
  /// The first output of a swap model, like its input.
  public static let swapped = "swapped"
  /// The second output of a swap model that has masks: 0 to 1, `[N, 1, side, side]`.
  public static let mask = "mask"
}
