/// The state of training besides its tensors.
public struct SwapState: Codable, Equatable, Sendable {
  /// The number of completed steps.
  public internal(set) var iteration = 0
  /// Seconds of training so far, over all sessions.
  public internal(set) var seconds = 0.0
  /// The schedule of training without a budget.
  public internal(set) var plateau = Plateau()
  /// The number of completed steps at the last evaluation.
  public internal(set) var examined = 0

  /// The state of the discriminators' monitor; nil without discriminators.
  public internal(set) var discriminators: DiscriminatorMonitor?

  /// Before the first step.
  public init() {}
}
