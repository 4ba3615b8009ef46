public import Detection
public import Engine
public import Records

/// A request to train detectors.
///
/// Nil values are those of the run to resume; in a new run, the defaults stated below.
public struct DetectRequest: RunRequest {
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

extension DetectRequest {
  public static let command = "detect --retrain"
  private static let section = "Training"

  public static let options: [RequestOption<DetectRequest>] = [
    .detectors(
      read: { $0.detectors?.map(\.rawValue) ?? [] },
      write: { request, words throws(RequestFault) in
        request.detectors = words.isEmpty ? nil : try kinds(words)
      }),
    RequestOption(
      "data", \.data, "Labeled dataset: a name in Datasets or a folder (default: the newest)"
    )
    .path(where: RequestOption<DetectRequest>.isDataset),
    .detectRunName(\.name),
    RequestOption("seed", \.seed, "Random seed (default: 1)"),
    RequestOption(
      "minutes", \.minutes,
      "Training time in minutes, for all networks together (default: 10)", .above(0),
      section: section),
    RequestOption(
      "iterations", \.iterations,
      "Number of training steps of each network, instead of --minutes", .within(1...1_000_000_000),
      section: section),
    RequestOption(
      "batch", \.batch, "Batch size (default: 32 faces, or 8 clips)", .within(2...1024),
      section: section),
    RequestOption(
      "size", \.size,
      "Width and height of the networks' input in pixels (default: that of --init or the network)",
      section: section),
    RequestOption(
      "crop-share", \.cropShare,
      """
      Central fraction of the crop's width and height that the networks see (default: that of --init \
      or the network)
      """, .within(0.2...1), section: section),
    RequestOption(
      "learning-rate", \.learningRate,
      "Learning rate of the networks (default: the network's, half of it with --init)", .above(0),
      section: section),
    RequestOption(
      "methods",
      """
      Comma-separated forgery methods to train on, such as sbi,warp (default: all); the test \
      split keeps all methods
      """, form: .commas, section: section, read: { $0.methods ?? [] },
      write: { request, words throws(RequestFault) in
        request.methods = words.isEmpty ? nil : words
      }),
    RequestOption(
      "init", \.initialModel,
      """
      Initialize the network from this trained detector or pretrained network; imagenet for \
      ImageNet weights, none for random weights (default: imagenet for efficientnet-lite0, \
      base-efficientnet-b0 for efficientnet-b0, none for others)
      """, section: section),
    RequestOption(
      "precision", \.precision, "Precision of activations (default: fp32)", section: section),
    RequestOption(
      "tensorboard", \.hasBoard, "Write TensorBoard event files to Labs/RUN/tensorboard",
      section: section),
    RequestOption(
      "force", \.isForced, "Discard an earlier run of this name", section: section),
    .workspace(\.workspace),
  ]

  public var conflict: String? {
    minutes != nil && iterations != nil ? "Give --minutes or --iterations, not both." : nil
  }
}
