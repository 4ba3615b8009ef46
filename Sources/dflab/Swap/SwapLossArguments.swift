import ArgumentParser
import Generation
import Workflows

/// The discriminators' settings that are not asked for.
private let usual = AdversarialSettings(.lsgan)

/// What `dflab swap` takes about the loss, the discriminators and the disturbance of faces.
struct SwapLossArguments: ParsableArguments {
  @Option(
    help: "What reconstructions are compared by: mae, dssim, or mae+dssim (the default of fast).")
  var loss: ReconstructionLoss?

  @Option(
    parsing: .unconditional, help: "The share of the difference of edges in the loss, 0 to 10.")
  var edge: Float?

  @Option(
    parsing: .unconditional,
    help: "What the eyes weigh in the loss, 1 to 100 times the rest, where there are landmarks.")
  var eyes: Float?

  @Option(parsing: .unconditional, help: "What the mouth weighs, likewise.")
  var mouth: Float?

  @Option(
    help: """
      Train a discriminator a side who tells real faces from made ones, and please it: lsgan (least \
      squares) or hinge. Sharper faces, at twice the time a step.
      """)
  var gan: AdversarialSettings.Kind?

  @Option(
    parsing: .unconditional,
    help: "What the discriminators' output weighs (default: \(usual.weight)).")
  var ganWeight: Float?

  @Option(
    parsing: .unconditional, help: "The discriminators' step size (default: \(usual.learningRate))."
  )
  var ganRate: Float?

  @Option(
    parsing: .unconditional,
    help: """
      Steps before the discriminators begin; over as many again they gain their weight (default: \
      \(usual.warmUp)).
      """)
  var ganWarmUp: Int?

  @Option(
    parsing: .unconditional,
    help: "How much the light of inputs changes in training: 1 is about a cloud, 0 to 5.")
  var jitter: Double?

  @Option(
    parsing: .unconditional,
    help: "The share of inputs that a patch of one color partly hides, 0 to 1.")
  var occlusion: Double?

  @Option(
    parsing: .unconditional,
    help: "The share of the budget, at its end, in which faces are not warped, 0 to 1.")
  var unwarpedEnd: Double?

  @Option(help: "Begin with the weights of the model Checkpoints/NAME, and train them on.")
  var start: String?

  @Option(
    help: """
      Make swaps that the detector Checkpoints/NAME calls real: its output of them enters the loss, \
      through its own way in; it learns nothing itself.
      """)
  var adversary: String?

  @Option(
    parsing: .unconditional,
    help: "What the detector's output weighs (default: \(AdversarySettings("").weight)).")
  var adversaryWeight: Float?

  @Option(
    parsing: .unconditional,
    help: """
      Swaps in each direction that the detector is shown in a step (default: \
      \(AdversarySettings("").faces)).
      """)
  var adversaryFaces: Int?

  @Option(
    parsing: .unconditional,
    help: """
      What it weighs that swaps stay what the --start model makes of the same faces, so that they \
      remain faces; 0 for nothing (default: \(AdversarySettings("").fidelity ?? 0)).
      """)
  var adversaryFidelity: Float?

  func validate() throws {
    try require(edge, "--edge", in: 0...10)
    try require(eyes, "--eyes", in: 1...100)
    try require(mouth, "--mouth", in: 1...100)
    try require(ganWeight, "--gan-weight", in: 0...10)
    try require(ganRate.map(Double.init), "--gan-rate", above: 0)
    try require(ganWarmUp, "--gan-warm-up", in: 0...1_000_000_000)
    try require(jitter, "--jitter", in: 0...5)
    try require(occlusion, "--occlusion", in: 0...1)
    try require(unwarpedEnd, "--unwarped-end", in: 0...1)
    try require(adversaryWeight, "--adversary-weight", in: 0...100)
    try require(adversaryFaces, "--adversary-faces", in: 1...256)
    try require(adversaryFidelity, "--adversary-fidelity", in: 0...100)
    let opposed: [(option: String, isGiven: Bool)] = [
      ("--adversary-weight", adversaryWeight != nil), ("--adversary-faces", adversaryFaces != nil),
      ("--adversary-fidelity", adversaryFidelity != nil),
    ]
    if adversary == nil, let given = opposed.first(where: \.isGiven) {
      throw ValidationError(
        "\(given.option) is about an adversary: name one with --adversary too.")
    }
    if start == nil, adversaryFidelity != nil {
      throw ValidationError(
        "--adversary-fidelity holds swaps to those of a model: name it with --start too.")
    }
    let discriminators: [(option: String, isGiven: Bool)] = [
      ("--gan-weight", ganWeight != nil), ("--gan-rate", ganRate != nil),
      ("--gan-warm-up", ganWarmUp != nil),
    ]
    if gan == nil, let given = discriminators.first(where: \.isGiven) {
      throw ValidationError(
        "\(given.option) is about discriminators: name --gan lsgan or hinge too.")
    }
  }

  /// The same, as Lab takes it.
  var terms: SwapLossOptions {
    var terms = SwapLossOptions()
    (terms.loss, terms.edge, terms.eyes, terms.mouth) = (loss, edge, eyes, mouth)
    (terms.gan, terms.ganWeight, terms.ganRate) = (gan, ganWeight, ganRate)
    (terms.ganWarmUp, terms.jitter) = (ganWarmUp, jitter)
    (terms.occlusion, terms.unwarpedEnd) = (occlusion, unwarpedEnd)
    (terms.start, terms.adversary) = (start, adversary)
    (terms.adversaryWeight, terms.adversaryFaces) = (adversaryWeight, adversaryFaces)
    terms.adversaryFidelity = adversaryFidelity
    return terms
  }
}
