/// What one training step did.
public struct SwapStep: Equatable, Sendable {
  /// How many steps are done with this one.
  public let iteration: Int
  /// Seconds of training so far: of the steps alone, not of evaluations, saves or pictures.
  public let seconds: Double
  /// Faces in the step, of both sides.
  public let faces: Int
  /// The training losses of the two batches.
  public let lossA, lossB: Float
}
