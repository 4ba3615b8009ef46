public import Engine

/// All that decides what a detector's training does; together with the faces it fixes every weight.
public struct DetectorSettings: Encodable, Equatable, Sendable {
  /// Which network is trained.
  public var architecture: NetworkArchitecture
  /// What it is shown of a face picture.
  public var input: DetectorInput
  /// Faces in a step.
  public var batch: Int
  /// What all chance follows from.
  public var seed: UInt64 = 1
  /// How activations are stored.
  public var precision = Precision.float32
  /// How gradients become steps.
  public var method: OptimizerMethod
  /// The step size before the schedule.
  public var learningRate: Float
  /// How the step size changes over the budget.
  public var schedule: Schedule
  /// How far labels are drawn towards ½, 0…1.
  public var labelSmoothing: Float = 0.02
  /// The α of mixup's Beta(α, α) (Zhang and others 2018), of which each step draws a share; 0 for
  /// no mixing.
  public var mixup: Double = 0
  /// The weight of the localization loss, where a dataset has twins (`LocalizationHead`); 0 for none.
  public var placeWeight: Float = 2
  /// How much a real and a fake face count.
  public var classWeights = ClassWeights.balanced
  /// How slowly the averaged weights, which are the ones judged and used, follow the trained ones;
  /// 0 for none.
  public var averageDecay: Double = 0.995
  /// The share of the published dropout and stochastic depth.
  public var dropping: Float = 1
  /// How pictures are moved about.
  public var shifts = DetectorShifts()
  /// Evaluations without a better score after which training ends; nil for never.
  public var patience: Int? = 10

  /// How much each class counts in the loss.
  public enum ClassWeights: Encodable, Equatable, Sendable {
    /// Each class half, however many samples it has.
    case balanced
    /// So much each.
    case fixed(real: Float, fake: Float)
  }

  /// What a training that begins with a trained detector takes of the step size: enough to learn what
  /// is new, and little of what is known is forgotten.
  public static let laterShare: Float = 0.5

  /// The settings that are best for `architecture` as far as is known.
  public init(_ architecture: NetworkArchitecture) {
    self.architecture = architecture
    input = architecture.input
    batch = 32
    schedule = Schedule(.cosine, warmup: 50, floor: 0.01)
    (method, learningRate) = (architecture.method, architecture.learningRate)
  }
}

/// How far training pictures are moved about, each draw by itself.
public struct DetectorShifts: Encodable, Equatable, Sendable {
  /// The chance to be mirrored, 0…1.
  public var mirroring = 0.5
  /// The farthest shift along each axis, as a share of the view's side.
  public var shift = 0.04
  /// The farthest change of the view's side, as a share of it.
  public var scale = 0.06

  /// The usual: half mirrored, shifted by up to 4 %, scaled by up to 6 %.
  public init() {}

  /// Pictures as scoring sees them.
  public static let none: DetectorShifts = {
    var shifts = DetectorShifts()
    (shifts.mirroring, shifts.shift, shifts.scale) = (0, 0, 0)
    return shifts
  }()
}
