public import Generation
public import Records

/// What a session of a swap run ends with.
public struct SwapOutcome: Encodable, Equatable, Sendable {
  /// The name of the run.
  public let run: String
  /// Its folders.
  public let lab, checkpoints: String
  /// Why training stopped.
  public let stopped: StopReason
  /// Steps of training, over all sessions.
  public let iteration: Int
  /// Seconds of training, over all sessions.
  public let seconds: Double
  /// The best held-out result, whose weights made the swaps; nil if nothing was trained.
  public let best: BestCheckpoint?
  /// Pictures swapped so far, and in all.
  public let swapped, pictures: Int
}
