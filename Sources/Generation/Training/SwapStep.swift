/// The results of one training step.
public struct SwapStep: Codable, Equatable, Sendable {
  /// The number of completed steps, including this one.
  public let iteration: Int
  /// Seconds of training so far: only of the steps, without evaluations, saves or pictures.
  public let seconds: Double
  /// Faces in the step, of both sides.
  public let faces: Int
  /// The training losses of the two batches.
  public let lossA, lossB: Float
  /// The losses' terms by name, before weighting.
  public var terms: [Side: [String: Float]] = [:]
  /// The adversarial loss of each side, before weighting; empty if the discriminators are off.
  public var adversarialLoss: [Side: Float] = [:]
  /// The evasion loss by the side whose decoder made the swaps, before weighting; empty without an
  /// adversary.
  public var evasionLosses: [Side: Float] = [:]
  /// The fidelity loss of these swaps: mean absolute difference plus DSSIM to those of the initial
  /// weights; empty without it.
  public var fidelityLosses: [Side: Float] = [:]
  /// The discriminators' outputs; empty if they are off.
  public var outputs: [DiscriminatorOutput] = []
  /// The discriminators that have collapsed in this step.
  public var collapses: [DiscriminatorCollapse] = []
}

/// The state of training besides its tensors.
public struct SwapState: Codable, Equatable, Sendable {
  /// The number of completed steps.
  public internal(set) var iteration = 0
  /// Seconds of training so far, over all sessions.
  public internal(set) var seconds = 0.0
  /// The schedule of training without a budget.
  public internal(set) var plateau = Plateau()
  /// The number of completed steps at the last evaluation.
  public internal(set) var evaluated = 0

  /// The state of the discriminators' monitor; nil without discriminators.
  public internal(set) var discriminators: DiscriminatorMonitor?

  /// Before the first step.
  public init() {}
}
