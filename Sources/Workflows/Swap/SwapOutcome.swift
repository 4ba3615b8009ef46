public import Generation
public import Records

/// The result of a session of a swap run.
public struct SwapOutcome: Encodable, Equatable, Sendable {
  /// The name of the run.
  public let run: String
  /// Its folders.
  public let lab, checkpoints: String
  /// The reason for stopping.
  public let stopped: StopReason
  /// Steps of training, over all sessions.
  public let iteration: Int
  /// Seconds of training, over all sessions.
  public let seconds: Double
  /// The best held-out result, whose weights made the swaps; nil without training.
  public let best: BestCheckpoint?
  /// What was made of all pictures.
  public let swaps: SwapPictures
}
