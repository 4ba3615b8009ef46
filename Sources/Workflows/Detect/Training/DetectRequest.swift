public import Detection
public import Engine

/// A request to train detectors.
///
/// Nil values are those of the run to resume; in a new run, the defaults stated below.
public struct DetectRequest: Equatable, Sendable {
  /// A labeled dataset: a name in `Datasets` or a folder; nil for the newest.
  public var data: String?
  /// The detectors to train, each once; nil for `usual`.
  public var detectors: [DetectorKind]?
  /// The forgery methods to train on; nil for all.
  ///
  /// The test split keeps all methods.
  public var methods: [String]?
  /// The trained detector or pretrained network that the network is initialized from; nil for the
  /// embedded one of the same architecture, `imagenet` for embedded ImageNet weights, `none` for
  /// random weights.
  public var initialModel: String?
  /// The name of the run; nil for a name derived from the dataset.
  public var name: String?
  /// Training time in minutes for all networks together; nil for 10.
  public var minutes: Double?
  /// Training steps of each network; nil for a limit by time.
  public var iterations: Int?
  /// The batch size; nil for the network's default.
  public var batch: Int?
  /// The side of the networks' input, in pixels; nil for that of what training begins with, or the
  /// network's default.
  public var size: Int?
  /// The central share of a crop's side that the networks see; nil as for `size`.
  public var cropShare: Double?
  /// The networks' learning rate before the schedule; nil for the network's default, half of it for
  /// training that begins with other weights than random ones.
  public var learningRate: Double?
  /// The random seed; nil for 1.
  public var seed: UInt64?
  /// The precision of activations; nil for float32.
  public var precision: Precision?
  /// Whether to write TensorBoard event files.
  public var hasBoard = false
  /// Whether to discard an earlier run of this name.
  public var isForced = false
  /// The workspace; nil for the nearest one at or above the current folder.
  public var workspace: String?

  /// The default detectors.
  public static let usual: [DetectorKind] = [.efficientnetLite0, .spectrum]

  /// Trains the default detectors on the newest dataset for ten minutes.
  public init() {}
}
