import ArgumentParser
import Engine
import Generation
import Records
import Workflows

/// `dflab swap`.
struct Swap: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a face-swap model on two face sets, then swap their faces.",
    discussion: """
      Trains an autoencoder with a shared encoder and one decoder per identity on two face sets \
      (folders of at least 16 aligned face pictures), then swaps the face in every picture of \
      both. The last 15 % of each folder in name order are held out: they are never trained on, \
      and all reported metrics are measured on them.

      Rerun the command to resume. Without --minutes or --iterations, training ends at a plateau: \
      after 10 evaluations without a better held-out score, the learning rate is divided by 3; the \
      third time, training stops.

      If both face sets were rendered by 'dflab faces synthesize', the held-out swaps are also \
      compared with the ground truth, the same scene rendered with the other face.

      Ctrl-C saves a checkpoint and writes the swaps; press it again to skip the swaps.

      EXAMPLES
        dflab swap --a alice --b bob --minutes 10
        dflab swap --a alice --b bob --iterations 2000 --seed 7 --name seed7
        dflab swap --a alice --b bob --iterations 4000 --name seed7    (resumes the run above)
        dflab swap --a alice --b bob --model original --precision bf16
        dflab swap --a alice --b bob --gan lsgan --mask learned --name gan
        dflab faces synthesize --recipe demo && dflab swap --pretrained demo

      OUTPUT
        Labs/RUN/         report.html, report.md, results.json, settings.json, log.jsonl, \
      curves.png, preview.png
        Labs/RUN/swaps/   a2b: every picture of A with the face of B; b2a: the reverse; \
      marked as synthetic
        Checkpoints/RUN/  latest.safetensors (to resume), best.safetensors (best held-out score)

      EXIT CODES
        0    success
        1    error; saved checkpoints are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Option(help: "Face set of identity A", completion: .directory)
  var a: String?

  @Option(help: "Face set of identity B", completion: .directory)
  var b: String?

  @Option(help: "Name of the run (default: the folder names of A and B)")
  var name: String?

  @Option(help: "Model: fast, or original (the autoencoder of faceswap) (default: fast)")
  var model: SwapArchitecture?

  @Option(help: "Swap with the model Checkpoints/NAME, without training")
  var pretrained: String?

  @Option(
    parsing: .unconditional,
    help: "Training time in minutes, over all sessions of the run")
  var minutes: Double?

  @Option(
    parsing: .unconditional, help: "Number of training steps, over all sessions of the run")
  var iterations: Int?

  @Option(parsing: .unconditional, help: "Batch size for each identity (default: 16)")
  var batch: Int?

  @Option(parsing: .unconditional, help: "Random seed (default: 1)")
  var seed: UInt64?

  @Option(help: "Precision of activations (default: fp32)")
  var precision: Precision?

  @Option(
    parsing: .unconditional,
    help: "Learning rate of Adam (default: 1e-3 for fast, 5e-5 for original)")
  var learningRate: Float?

  @Option(
    help: """
      Criterion for the best checkpoint and for early stopping: reconstruction, ground-truth \
      (synthetic identities only), or last (always the newest weights) (default: reconstruction)
      """)
  var selectBy: ModelSelection?

  @Option(
    parsing: .unconditional, help: "Fraction of each face set that is held out (default: 0.15)")
  var holdout: Double?

  @Option(
    help: """
      Mask of the swapped face: hull (of the landmarks), ellipse, none (whole crop), or learned \
      (predicted by the decoders) (default: ellipse)
      """)
  var mask: MaskShape?

  @Option(help: "Direction of the swaps (default: both)")
  var direction: SwapDirection?

  @Option(parsing: .unconditional, help: "Sharpening of the swapped faces, 0 to 2")
  var sharpen: Float = 0

  @Option(parsing: .unconditional, help: "Steps between evaluations on held-out faces")
  var evaluateEvery = SwapSessionOptions().evaluateEvery

  @Option(
    parsing: .unconditional,
    help: """
      Steps between updates of preview.png and curves.png, a multiple of --evaluate-every \
      (default: --evaluate-every)
      """)
  var previewEvery: Int?

  @Option(parsing: .unconditional, help: "Minutes between checkpoints")
  var saveEvery = SwapSessionOptions().saveEvery

  @Flag(help: "Write TensorBoard event files to Labs/RUN/tensorboard")
  var tensorboard = false

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup(title: "Loss and training") var lossArguments: SwapLossArguments

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    guard a != nil && b != nil || a == nil && b == nil && pretrained != nil else {
      throw ValidationError("Give two face sets, --a and --b.")
    }
    try require(batch, "--batch", in: 1...1024)
    try require(iterations, "--iterations", in: 1...1_000_000_000)
    try require(minutes, "--minutes", above: 0)
    try require(learningRate.map(Double.init), "--learning-rate", above: 0)
    try require(holdout, "--holdout", in: 0.01...0.9)
    try require(sharpen, "--sharpen", in: 0...2)
    try require(evaluateEvery, "--evaluate-every", in: 1...1_000_000)
    try require(previewEvery, "--preview-every", in: 1...1_000_000_000)
    if let previewEvery, !previewEvery.isMultiple(of: evaluateEvery) {
      throw ValidationError(
        "--preview-every must be a multiple of --evaluate-every (\(evaluateEvery)), not \(previewEvery)."
      )
    }
    try require(saveEvery, "--save-every", above: 0)
    let training: [(option: String, isGiven: Bool)] = [
      ("--minutes", minutes != nil), ("--iterations", iterations != nil),
      ("--model", model != nil), ("--learning-rate", learningRate != nil),
    ]
    if pretrained != nil, let given = training.first(where: \.isGiven) {
      throw ValidationError(
        "\(given.option) cannot be used with --pretrained, which does not train. Omit it.")
    }
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = SwapProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try SwapRun.train(request(), interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  func request() throws -> SwapRequest {
    var request =
      if let a, let b {
        SwapRequest(a: a, b: b)
      } else {
        try SwapRequest(pretrained: pretrained ?? "demo", workspace: workspaceOptions.workspace)
      }
    (request.name, request.workspace) = (name, workspaceOptions.workspace)
    request.pretrained = pretrained
    request.budget = SwapBudget(iterations: iterations, seconds: minutes.map { $0 * 60 })
    (request.architecture, request.batch, request.seed) = (model, batch, seed)
    (request.precision, request.learningRate) = (precision, learningRate)
    (request.holdout, request.selection) = (holdout, selectBy)
    (request.lossOptions, request.mask) = (lossArguments.options, mask)
    request.sessionOptions.direction = direction
    request.sessionOptions.evaluateEvery = evaluateEvery
    request.sessionOptions.previewEvery = previewEvery ?? evaluateEvery
    request.sessionOptions.saveEvery = saveEvery
    request.sessionOptions.sharpen = sharpen
    request.sessionOptions.hasBoard = tensorboard ? true : nil
    return request
  }
}
