import Faces
import Generation
public import Records

private let ganDefaults = AdversarialSettings(.lsgan)
private let adversaryDefaults = AdversarySettings("")
private let losses = "Loss and training"

extension SwapRequest {
  public static let command = "swap"

  public static let options: [RequestOption<SwapRequest>] = [
    RequestOption("a", \.a, "Photographs, or face set, of identity A", kind: .folder),
    RequestOption("b", \.b, "Photographs, or face set, of identity B", kind: .folder),
    RequestOption(
      "aligned", \.takesCrops, "Take all pictures for aligned face crops, without looking"),
    RequestOption(
      "extract", \.takesPhotographs, "Take all pictures for photographs, and find the faces in them"
    ),
    RequestOption("name", \.name, "Name of the run (default: the folder names of A and B)"),
    RequestOption(
      "model", \.architecture,
      "Model: fast, or original (the autoencoder of faceswap) (default: fast)"),
    RequestOption(
      "effort", \.effort,
      """
      Size, losses and training time in one: \(SwapEffort.summary); --size, --gan, --minutes and \
      --iterations override their part (default: none; training ends at a plateau)
      """),
    RequestOption(
      "size", \.size,
      "Width and height of the faces in pixels: \(SwapRequest.sizes) (default: \(Crop.side))",
      .within(Crop.side...192)),
    RequestOption(
      "pretrained", \.pretrained, "Swap with the model Checkpoints/NAME, without training"),
    RequestOption(
      "minutes", \.minutes, "Training time in minutes, over all sessions of the run", .above(0)),
    RequestOption(
      "iterations", \.iterations, "Number of training steps, over all sessions of the run",
      .within(1...1_000_000_000)),
    RequestOption(
      "batch", \.batch, "Batch size for each identity (default: 16)", .within(1...1024)),
    RequestOption("seed", \.seed, "Random seed (default: 1)"),
    RequestOption(
      "precision", \.precision,
      "Precision of activations and products (default: bf16 on processors with bfloat16 instructions, otherwise fp32)"
    ),
    RequestOption(
      "learning-rate", \.learningRate,
      "Learning rate of Adam (default: 1e-3 for fast, 5e-5 for original)", .above(0)),
    RequestOption(
      "select-by", \.selection,
      """
      Criterion for the best checkpoint and for early stopping: reconstruction, ground-truth \
      (synthetic identities only), or last (always the newest weights) (default: reconstruction)
      """),
    RequestOption(
      "holdout", \.holdout, "Fraction of each face set that is held out (default: 0.15)",
      .within(0.01...0.9)),
    RequestOption(
      "mask", \.mask,
      """
      Mask of the swapped face: hull (of the landmarks), ellipse, none (whole crop), or learned \
      (predicted by the decoders) (default: hull; ellipse for faces without landmarks)
      """),
    RequestOption(
      "direction", \.sessionOptions.direction, "Direction of the swaps (default: both)"),
    RequestOption(
      "sharpen", \.sessionOptions.sharpen,
      "Sharpening of the swapped faces, 0 to 2 (default: matched to each picture)", .within(0...2)),
    RequestOption(
      "evaluate-every", \.sessionOptions.evaluateEvery,
      "Steps between evaluations on held-out faces", .within(1...1_000_000)),
    RequestOption(
      "preview-every", \.sessionOptions.previewEvery,
      """
      Steps between updates of preview.png and curves.png, a multiple of --evaluate-every \
      (default: --evaluate-every)
      """, .within(1...1_000_000_000)),
    RequestOption(
      "save-every", \.sessionOptions.saveEvery, "Minutes between checkpoints", .above(0)),
    RequestOption(
      "tensorboard", \.sessionOptions.hasBoard,
      "Write TensorBoard event files to Labs/RUN/tensorboard"),
    .workspace(\.workspace),
    RequestOption(
      "loss", \.lossOptions.loss,
      "Reconstruction loss (default: mae+dssim for fast, mae for original)", section: losses),
    RequestOption(
      "edge-weight", \.lossOptions.edgeWeight, "Weight of the edge loss, 0 to 10 (default: 0)",
      .within(0...10), section: losses),
    RequestOption(
      "eye-weight", \.lossOptions.eyeWeight,
      "Loss weight of the eye regions, 1 to 100; needs landmarks (default: 1)", .within(1...100),
      section: losses),
    RequestOption(
      "mouth-weight", \.lossOptions.mouthWeight,
      "Loss weight of the mouth region, 1 to 100; needs landmarks (default: 1)", .within(1...100),
      section: losses),
    RequestOption(
      "gan", \.lossOptions.gan,
      """
      Adversarial loss of patch discriminators, lsgan (least squares) or hinge; gives sharper \
      faces at twice the time per step (default: none)
      """, section: losses),
    RequestOption(
      "gan-weight", \.lossOptions.ganWeight,
      "Weight of the adversarial loss (default: \(ganDefaults.weight))", .within(0...10),
      section: losses),
    RequestOption(
      "gan-learning-rate", \.lossOptions.ganLearningRate,
      "Learning rate of the discriminators (default: \(ganDefaults.learningRate))", .above(0),
      section: losses),
    RequestOption(
      "gan-warmup", \.lossOptions.ganWarmup,
      """
      Steps before the discriminators start; the weight of their loss then rises over as many \
      steps (default: \(ganDefaults.warmup))
      """, .within(0...1_000_000_000), section: losses),
    RequestOption(
      "color-jitter", \.lossOptions.colorJitter,
      "Strength of color jitter on the inputs, 0 to 5 (default: 0)", .within(0...5), section: losses
    ),
    RequestOption(
      "occlusion", \.lossOptions.occlusion,
      "Probability of occluding an input with a random patch, 0 to 1 (default: 0)", .within(0...1),
      section: losses),
    RequestOption(
      "unwarped-fraction", \.lossOptions.unwarpedFraction,
      "Final fraction of the training budget that uses unwarped inputs, 0 to 1 (default: 0)",
      .within(0...1), section: losses),
    RequestOption(
      "init", \.lossOptions.initialModel,
      """
      Initialize the weights from the model Checkpoints/NAME; none for random weights (default: \
      \(SwapInitialization.carried.name) for fast, which ships with dflab)
      """, section: losses),
    RequestOption(
      "adversary", \.lossOptions.adversary,
      """
      Add an evasion loss: train the swaps to be scored as real by the frozen detector \
      Checkpoints/NAME
      """, section: losses),
    RequestOption(
      "adversary-weight", \.lossOptions.adversaryWeight,
      "Weight of the evasion loss (default: \(adversaryDefaults.weight))", .within(0...100),
      section: losses),
    RequestOption(
      "adversary-batch", \.lossOptions.adversaryBatch,
      "Swaps per direction and step that the adversary scores (default: \(adversaryDefaults.batch))",
      .within(1...256), section: losses),
    RequestOption(
      "adversary-fidelity", \.lossOptions.adversaryFidelity,
      """
      Weight of the fidelity loss, which keeps swaps close to those of the --init model; 0 \
      disables it (default: \(adversaryDefaults.fidelity ?? 0))
      """, .within(0...100), section: losses),
  ]

  public var conflict: String? {
    guard a != nil && b != nil || a == nil && b == nil && pretrained != nil else {
      return "Give two folders of pictures, --a and --b."
    }
    if takesCrops, takesPhotographs {
      return "--aligned cannot be used with --extract. Omit one of them."
    }
    if let size, !Crop.sides.contains(size) {
      return "--size must be \(SwapRequest.sizes), not \(size)."
    }
    if let size, size != Crop.side, architecture == .original {
      return "--model original has faces of \(Crop.side)×\(Crop.side) pixels, not \(size)×\(size). "
        + "Omit --size, or use --model fast."
    }
    let (every, preview) = (sessionOptions.evaluateEvery, sessionOptions.previewEvery)
    if let preview, !preview.isMultiple(of: every) {
      return "--preview-every must be a multiple of --evaluate-every (\(every)), not \(preview)."
    }
    if pretrained != nil,
      let given = given(
        among: "minutes", "iterations", "model", "effort", "size", "learning-rate")
    {
      return "\(given) cannot be used with --pretrained, which does not train. Omit it."
    }
    if lossOptions.adversary == nil,
      let given = given(among: "adversary-weight", "adversary-batch", "adversary-fidelity")
    {
      return "\(given) requires --adversary."
    }
    if lossOptions.initialModel == nil, lossOptions.adversaryFidelity != nil {
      return "--adversary-fidelity requires --init."
    }
    if lossOptions.gan == nil,
      let given = given(among: "gan-weight", "gan-learning-rate", "gan-warmup")
    {
      return "\(given) requires --gan."
    }
    return nil
  }

  /// The valid sizes, for texts.
  fileprivate static let sizes =
    Crop.sides.dropLast().map { "\($0), " }.joined()
    + "or \(Crop.sides.last ?? 0)"
}
