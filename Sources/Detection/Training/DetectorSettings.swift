public import Engine

/// All settings of detector training; together with the faces they determine every weight.
public struct DetectorSettings: Encodable, Equatable, Sendable {
  /// The architecture.
  public var architecture: NetworkArchitecture
  /// The preprocessing of a crop.
  public var input: DetectorInput
  /// Faces, or clips of a network that looks at several frames, in a step.
  public var batch: Int
  /// The random seed.
  public var seed: UInt64 = 1
  /// The storage format of activations.
  public var precision = Precision.float32
  /// The optimizer.
  public var method: OptimizerMethod
  /// The learning rate before the schedule.
  public var learningRate: Float
  /// The learning rate schedule over the budget.
  public var schedule: Schedule
  /// Label smoothing, 0…1.
  public var labelSmoothing: Float = 0.02
  /// The α of mixup's Beta(α, α) (Zhang and others 2018), from which each step draws a share; 0 for
  /// no mixup.
  public var mixup: Double = 0
  /// The weight of the localization loss, where a dataset has twins (`LocalizationHead`); 0 for none.
  public var placeWeight: Float = 2
  /// The class weights.
  public var classWeights = ClassWeights.balanced
  /// The decay of the averaged weights, which are the ones that are validated and used; 0 for none.
  public var averageDecay: Double = 0.995
  /// A factor on the published dropout and stochastic depth.
  public var dropping: Float = 1
  /// The augmentation of pictures.
  public var shifts = DetectorShifts()
  /// Evaluations without an improvement after which training ends; nil for never.
  public var patience: Int? = 10
  /// The shape of the network's layers; nil for the published one.
  public let shape: NetworkShape?
  /// The multiple of each weight that is added to its gradient; nil for none.
  public var penalty: Float?
  /// A factor on the probabilities of degradations; nil for 1.
  public var degradation: Double?

  /// The weight of each class in the loss.
  public enum ClassWeights: Encodable, Equatable, Sendable {
    /// Half for each class, regardless of its size.
    case balanced
    /// Fixed weights.
    case fixed(real: Float, fake: Float)
  }

  /// The factor on the learning rate for training from a trained detector: enough to learn what is
  /// new without forgetting much.
  public static let laterShare: Float = 0.5

  /// The best known settings for `architecture`.
  public init(_ architecture: NetworkArchitecture) {
    self.architecture = architecture
    shape = architecture.shape
    input = architecture.input
    batch = architecture.frames > 1 ? 8 : 32
    schedule = Schedule(.cosine, warmup: 50, floor: 0.01)
    (method, learningRate) = (architecture.method, architecture.learningRate)
  }
}

/// The augmentation of training pictures; each value is drawn independently.
public struct DetectorShifts: Encodable, Equatable, Sendable {
  /// The probability of a horizontal flip, 0…1.
  public var mirroring = 0.5
  /// The maximum shift along each axis, relative to the view's side.
  public var shift = 0.04
  /// The maximum change of the view's side, relative to it.
  public var scale = 0.06

  /// The default: half flipped, shifted by up to 4 %, scaled by up to 6 %.
  public init() {}

  /// No augmentation, as in inference.
  public static let none: DetectorShifts = {
    var shifts = DetectorShifts()
    (shifts.mirroring, shifts.shift, shifts.scale) = (0, 0, 0)
    return shifts
  }()
}
