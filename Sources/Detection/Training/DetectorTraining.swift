public import Engine

/// What a detector is trained with, and whom it tells how that goes.
public struct DetectorTraining {
  /// What it learns from.
  public let training: LabeledClips
  /// What the end of training and hyper-parameters are chosen by.
  public let validation: LabeledClips
  /// The random seed.
  public let seed: UInt64
  /// How activations are stored.
  public let precision: Precision
  /// Faces, or clips, in a step; nil for the detector's own number.
  public let batch: Int?
  /// The side of a network's input, in pixels; nil for that of what it begins with, or its own.
  public let size: Int?
  /// The central share of a crop's side that a network sees; nil as for `size`.
  public let cropShare: Double?
  /// A network's learning rate before the schedule; nil for its own.
  public let learningRate: Double?
  /// What of a network and its training is not as usual; nil for nothing.
  public let tuning: DetectorTuning?
  /// How long detectors that are trained in steps may learn.
  public let budget: DetectorBudget
  /// How often a network is validated within its budget.
  public let validations: Int
  /// Where a training in steps leaves what it needs to resume; nil for one that is not resumed.
  public let latest: String?
  /// The program, for the metadata of files.
  public let program: String
  /// The ranks that train networks together; all of them have the same training samples.
  public let ranks: Ranks
  /// Whether the training is to end early, with all that is needed to resume in `latest`.
  public let isInterrupted: () -> Bool
  /// Takes a detector that is the best so far.
  public let keep: (any Detector) throws -> Void
  /// Is told what happens, on the calling thread.
  public let report: (Event) throws -> Void

  /// What happens in a training.
  public enum Event: Sendable {
    /// It begins, or resumes after so many steps.
    case started(iteration: Int)
    /// What the user should know; a sentence.
    case noted(String)
    /// A step was made; `progress` is 0…1 of the budget.
    case stepped(DetectorStep, progress: Double)
    /// The detector was validated; `loss` is the mean of the steps since the last time.
    case validated(DetectorValidation, loss: Double, isBest: Bool)
  }

  /// All of it.
  public init(
    training: LabeledClips, validation: LabeledClips, seed: UInt64 = 1,
    precision: Precision = .float32, batch: Int? = nil, size: Int? = nil,
    cropShare: Double? = nil, learningRate: Double? = nil, tuning: DetectorTuning? = nil,
    budget: DetectorBudget, validations: Int = 12, latest: String?, program: String,
    ranks: Ranks = .alone,
    isInterrupted: @escaping () -> Bool = { false },
    keep: @escaping (any Detector) throws -> Void,
    report: @escaping (Event) throws -> Void = { _ in }
  ) {
    (self.training, self.validation) = (training, validation)
    (self.seed, self.precision, self.batch, self.budget) = (seed, precision, batch, budget)
    (self.size, self.cropShare, self.learningRate) = (size, cropShare, learningRate)
    precondition(validations > 0, "\(validations) validations")
    (self.tuning, self.validations, self.ranks) = (tuning, validations, ranks)
    (self.latest, self.program, self.isInterrupted) = (latest, program, isInterrupted)
    (self.keep, self.report) = (keep, report)
  }
}
