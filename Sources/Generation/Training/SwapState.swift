/// What a training stands at, beside its tensors.
public struct SwapState: Codable, Equatable, Sendable {
  /// How many steps are done.
  public internal(set) var iteration = 0
  /// Seconds of training so far, over all sessions.
  public internal(set) var seconds = 0.0
  /// The rule that slows down and ends a training without a budget.
  public internal(set) var plateau = Plateau()
  /// How many steps were done at the last evaluation.
  public internal(set) var examined = 0

  /// How the discriminators stand; nil without any.
  public internal(set) var discriminators: DiscriminatorMonitor?

  /// Before the first step.
  public init() {}
}
