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
  /// What their terms say, by name and before their weights.
  public var terms: [Side: [String: Float]] = [:]
  /// What the generator pays for faces that the discriminators find out, before its weight; empty where
  /// they did not work.
  public var adversarialLoss: [Side: Float] = [:]
  /// What swaps cost for what the adversary makes of them, by the side whose decoder made them and
  /// before its weight; empty without an adversary.
  public var evasionLosses: [Side: Float] = [:]
  /// How far these swaps are from what the weights that training began with make of the same faces, as
  /// mean absolute difference and DSSIM together; empty where nothing holds them.
  public var fidelityLosses: [Side: Float] = [:]
  /// What the discriminators made of the faces; empty where they did not work.
  public var outputs: [DiscriminatorOutput] = []
  /// The discriminators that are no rivals any more, as of this step.
  public var collapses: [DiscriminatorCollapse] = []
}
