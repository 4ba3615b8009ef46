import ArgumentParser
import Generation
import Workflows

private let ganDefaults = AdversarialSettings(.lsgan)
private let adversaryDefaults = AdversarySettings("")

/// Options of `dflab swap` for the losses, the discriminators and the augmentation of inputs.
struct SwapLossArguments: ParsableArguments {
  @Option(help: "Reconstruction loss (default: mae+dssim for fast, mae for original)")
  var loss: ReconstructionLoss?

  @Option(parsing: .unconditional, help: "Weight of the edge loss, 0 to 10 (default: 0)")
  var edgeWeight: Float?

  @Option(
    parsing: .unconditional,
    help: "Loss weight of the eye regions, 1 to 100; needs landmarks (default: 1)")
  var eyeWeight: Float?

  @Option(
    parsing: .unconditional,
    help: "Loss weight of the mouth region, 1 to 100; needs landmarks (default: 1)")
  var mouthWeight: Float?

  @Option(
    help: """
      Adversarial loss of patch discriminators, lsgan (least squares) or hinge; gives sharper \
      faces at twice the time per step (default: none)
      """)
  var gan: AdversarialSettings.Kind?

  @Option(
    parsing: .unconditional,
    help: "Weight of the adversarial loss (default: \(ganDefaults.weight))")
  var ganWeight: Float?

  @Option(
    parsing: .unconditional,
    help: "Learning rate of the discriminators (default: \(ganDefaults.learningRate))")
  var ganLearningRate: Float?

  @Option(
    parsing: .unconditional,
    help: """
      Steps before the discriminators start; the weight of their loss then rises over as many \
      steps (default: \(ganDefaults.warmup))
      """)
  var ganWarmup: Int?

  @Option(
    parsing: .unconditional,
    help: "Strength of color jitter on the inputs, 0 to 5 (default: 0)")
  var colorJitter: Double?

  @Option(
    parsing: .unconditional,
    help: "Probability of occluding an input with a random patch, 0 to 1 (default: 0)")
  var occlusion: Double?

  @Option(
    parsing: .unconditional,
    help: """
      Final fraction of the training budget that uses unwarped inputs, 0 to 1 (default: 0)
      """)
  var unwarpedFraction: Double?

  @Option(
    name: .customLong("init"), help: "Initialize the weights from the model Checkpoints/NAME")
  var initialModel: String?

  @Option(
    help: """
      Add an evasion loss: train the swaps to be scored as real by the frozen detector \
      Checkpoints/NAME
      """)
  var adversary: String?

  @Option(
    parsing: .unconditional,
    help: "Weight of the evasion loss (default: \(adversaryDefaults.weight))")
  var adversaryWeight: Float?

  @Option(
    parsing: .unconditional,
    help: """
      Swaps per direction and step that the adversary scores (default: \(adversaryDefaults.batch))
      """)
  var adversaryBatch: Int?

  @Option(
    parsing: .unconditional,
    help: """
      Weight of the fidelity loss, which keeps swaps close to those of the --init model; 0 \
      disables it (default: \(adversaryDefaults.fidelity ?? 0))
      """)
  var adversaryFidelity: Float?

  func validate() throws {
    try require(edgeWeight, "--edge-weight", in: 0...10)
    try require(eyeWeight, "--eye-weight", in: 1...100)
    try require(mouthWeight, "--mouth-weight", in: 1...100)
    try require(ganWeight, "--gan-weight", in: 0...10)
    try require(ganLearningRate.map(Double.init), "--gan-learning-rate", above: 0)
    try require(ganWarmup, "--gan-warmup", in: 0...1_000_000_000)
    try require(colorJitter, "--color-jitter", in: 0...5)
    try require(occlusion, "--occlusion", in: 0...1)
    try require(unwarpedFraction, "--unwarped-fraction", in: 0...1)
    try require(adversaryWeight, "--adversary-weight", in: 0...100)
    try require(adversaryBatch, "--adversary-batch", in: 1...256)
    try require(adversaryFidelity, "--adversary-fidelity", in: 0...100)
    let adversarial: [(option: String, isGiven: Bool)] = [
      ("--adversary-weight", adversaryWeight != nil), ("--adversary-batch", adversaryBatch != nil),
      ("--adversary-fidelity", adversaryFidelity != nil),
    ]
    if adversary == nil, let given = adversarial.first(where: \.isGiven) {
      throw ValidationError("\(given.option) requires --adversary.")
    }
    if initialModel == nil, adversaryFidelity != nil {
      throw ValidationError("--adversary-fidelity requires --init.")
    }
    let discriminators: [(option: String, isGiven: Bool)] = [
      ("--gan-weight", ganWeight != nil), ("--gan-learning-rate", ganLearningRate != nil),
      ("--gan-warmup", ganWarmup != nil),
    ]
    if gan == nil, let given = discriminators.first(where: \.isGiven) {
      throw ValidationError("\(given.option) requires --gan.")
    }
  }

  /// The arguments as part of a request.
  var options: SwapLossOptions {
    var options = SwapLossOptions()
    (options.loss, options.edgeWeight) = (loss, edgeWeight)
    (options.eyeWeight, options.mouthWeight) = (eyeWeight, mouthWeight)
    (options.gan, options.ganWeight) = (gan, ganWeight)
    (options.ganLearningRate, options.ganWarmup) = (ganLearningRate, ganWarmup)
    (options.colorJitter, options.occlusion) = (colorJitter, occlusion)
    (options.unwarpedFraction, options.initialModel) = (unwarpedFraction, initialModel)
    (options.adversary, options.adversaryWeight) = (adversary, adversaryWeight)
    (options.adversaryBatch, options.adversaryFidelity) = (adversaryBatch, adversaryFidelity)
    return options
  }
}
