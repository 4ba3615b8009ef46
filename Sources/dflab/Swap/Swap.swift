import ArgumentParser
import Engine
import Generation
import Records
import Workflows

/// `dflab swap`.
struct Swap: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn two faces from two folders of pictures, and swap them.",
    discussion: """
      Trains one encoder and two decoders on the faces in two folders (aligned face pictures, \
      such as the frames of a video cropped on the face; at least 16 each), then puts each \
      person's face into every picture of the other. The last 15 % of each folder in name \
      order are never trained on: every figure about quality is on these.

      The same command again continues the run. Without --minutes or --iterations, training \
      goes on until the held-out score has stopped rising: after 10 evaluations without a \
      rise the learning rate is cut to a third, after the third such wait it ends.

      EXAMPLES
        dflab swap --a alice --b bob --minutes 10
        dflab swap --a alice --b bob --iterations 2000 --seed 7 --name seven
        dflab swap --a alice --b bob --name seven --iterations 4000   (goes on with it)
        dflab swap --a alice --b bob --model original --precision bf16
        dflab swap --a alice --b bob --gan lsgan --mask learned --name sharper
        dflab swap --pretrained demo    (trains nothing; first: dflab faces synthesize --recipe demo)

      For two synthetic people ('dflab faces synthesize') the right answer is known: the held-out \
      swaps are measured against the true swap, rendered for each.

      WHAT COMES OUT
        Labs/RUN/         report.html, report.md, results.json, settings.json, log.jsonl, \
      curves.png, preview.png
        Labs/RUN/swaps/   a2b: every picture of A with B's face, b2a the other way round; each \
      is marked as made by a model
        Checkpoints/RUN/  latest.safetensors (to go on), best.safetensors (best held-out score)

      Ctrl-C saves and writes the swaps; pressed again, it leaves them out.

      EXIT CODES
        0    done
        1    an error, said in one sentence; what was saved before is kept
        64   wrong options
        130  ended by Ctrl-C, after saving
        143  ended by the system, after saving
      """)

  @Option(help: "The folder of person A's face pictures.", completion: .directory)
  var a: String?

  @Option(help: "The folder of person B's face pictures.", completion: .directory)
  var b: String?

  @Option(help: "What to call the run; by default after the folders and the model.")
  var name: String?

  @Option(help: "The model: fast (ours, the default) or original (faceswap's).")
  var model: SwapArchitecture?

  @Option(help: "Train nothing: use the model Checkpoints/NAME, such as demo, as it is.")
  var pretrained: String?

  @Option(
    parsing: .unconditional,
    help: "Stop when the training steps of all sessions have taken this many minutes.")
  var minutes: Double?

  @Option(parsing: .unconditional, help: "Stop after this many steps, over all sessions.")
  var iterations: Int?

  @Option(
    parsing: .unconditional,
    help: "Faces of each side in a step (default: 16).")
  var batch: Int?

  @Option(parsing: .unconditional, help: "What all chance follows from (default: 1).")
  var seed: UInt64?

  @Option(help: "How activations are stored: fp32 (the default) or bf16.")
  var precision: Precision?

  @Option(
    parsing: .unconditional, help: "Adam's step size (default: 1e-3 for fast, 5e-5 for original).")
  var learningRate: Float?

  @Option(
    help: """
      What the best weights and the end of an open training are judged by: reconstruction (the \
      default), truth, for synthetic people, or last: the newest weights are the best.
      """)
  var selection: ModelSelection?

  @Option(
    parsing: .unconditional, help: "The share of each folder that is held out (default: 0.15).")
  var holdout: Double?

  @Option(
    help: """
      Where the swapped faces show: ellipse (the default), hull (of landmarks), none (the whole \
      crop), or learned: the decoders learn it beside the face.
      """)
  var mask: MaskShape?

  @Option(help: "Which swaps are made: a2b, b2a, or both (the default).")
  var direction: SwapDirection?

  @Option(parsing: .unconditional, help: "How much to sharpen the swapped faces, 0 to 2.")
  var sharpen: Float = 0

  @Option(parsing: .unconditional, help: "Steps between evaluations on the held-out faces.")
  var evaluateEvery = SwapSessionOptions().evaluateEvery

  @Option(
    parsing: .unconditional,
    help: "Steps between renewals of preview and curves (default: as --evaluate-every).")
  var previewEvery: Int?

  @Option(parsing: .unconditional, help: "Minutes between saves.")
  var saveEvery = SwapSessionOptions().saveEvery

  @Flag(
    help: """
      Write Labs/RUN/tensorboard too: all curves, and of this session's previews one a \
      minute, for 'tensorboard --logdir Labs'.
      """)
  var tensorboard = false

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @OptionGroup(title: "Loss and training") var terms: SwapLossArguments

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    guard a != nil && b != nil || a == nil && b == nil && pretrained != nil else {
      throw ValidationError("Name two folders, with --a and with --b.")
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
        "--preview-every must be a multiple of --evaluate-every, \(evaluateEvery).")
    }
    try require(saveEvery, "--save-every", above: 0)
    let training: [(option: String, isGiven: Bool)] = [
      ("--minutes", minutes != nil), ("--iterations", iterations != nil),
      ("--model", model != nil), ("--learning-rate", learningRate != nil),
    ]
    if pretrained != nil, let given = training.first(where: \.isGiven) {
      throw ValidationError("--pretrained trains nothing: leave \(given.option) away.")
    }
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = SwapProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try SwapRun.train(request(), interruption: interruption) { progress.show($0) }
    try progress.end(outcome)
    if let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  func request() throws -> SwapRequest {
    var request =
      if let a, let b {
        SwapRequest(a: a, b: b)
      } else {
        try SwapRequest(pretrained: pretrained ?? "demo", workspace: workspace)
      }
    (request.name, request.workspace) = (name, workspace)
    request.pretrained = pretrained
    request.budget = SwapBudget(iterations: iterations, seconds: minutes.map { $0 * 60 })
    (request.architecture, request.batch, request.seed) = (model, batch, seed)
    (request.precision, request.learningRate) = (precision, learningRate)
    (request.holdout, request.selection) = (holdout, selection)
    (request.terms, request.mask) = (terms.terms, mask)
    request.habits.direction = direction
    request.habits.evaluateEvery = evaluateEvery
    request.habits.previewEvery = previewEvery ?? evaluateEvery
    request.habits.saveEvery = saveEvery
    request.habits.sharpen = sharpen
    request.habits.hasBoard = tensorboard ? true : nil
    return request
  }
}
