public import Detection
public import Engine

/// What the user asks of a training of detectors.
///
/// What is nil is as the run has it that goes on; in a new run it is as its comment says.
public struct DetectRequest: Equatable, Sendable {
  /// A labeled set: a name below `Datasets` or a folder; nil for the newest.
  public var data: String?
  /// Which detectors are trained, each once; nil for `usual`.
  public var detectors: [DetectorKind]?
  /// The forgeries that are learned from; nil for all.
  ///
  /// The test keeps all of them.
  public var methods: [String]?
  /// The trained detector whose weights its network begins with; nil for the one that the program
  /// carries, where that is of the network, and `none` for fresh weights.
  public var initialModel: String?
  /// What to call the run; nil for a name after the set.
  public var name: String?
  /// Minutes for all networks together; nil for ten.
  public var minutes: Double?
  /// Steps of each network; nil for as many as the minutes allow.
  public var iterations: Int?
  /// Faces in a step; nil for the network's own number.
  public var batch: Int?
  /// What all chance follows from; nil for 1.
  public var seed: UInt64?
  /// How activations are stored; nil for float32.
  public var precision: Precision?
  /// Whether TensorBoard's file is written, too.
  public var hasBoard = false
  /// Throws away what an earlier run of this name has trained.
  public var isForced = false
  /// The workspace; nil for the nearest one upwards.
  public var workspace: String?

  /// The detectors that are trained where none is named.
  static let usual: [DetectorKind] = [.efficientnetB0, .spectrum]

  /// The newest set, the usual detectors, ten minutes.
  public init() {}
}
