import ArgumentParser
import Records
import Workflows

/// `dflab duel`.
struct Duel: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train generators and detectors against each other in alternating rounds.",
    discussion: """
      In each round, swap models are trained for several pairs of identities, from round 2 on with \
      the newest detector's score in the loss (evasion loss); a labeled dataset is made from \
      their swaps; and a detector is trained on it, with replay of earlier rounds' samples. Every \
      detector is then tested on the swaps of every round's generators, on identities that no \
      detector was trained on.

      Controls: the test pairs' generators are also trained without the adversary, from the same \
      weights and faces, so that evasion is measured as a difference; a reference detector, \
      trained on another forgery method, never adapts; all tests are repeated on re-encoded \
      samples; and shortcut baselines are run on every dataset.

      Without --a and --b, uses the synthetic identities of the workspace and renders more if \
      needed. Identities are split once for all rounds; each repetition has its own split. \
      Budgets are numbers of steps (see --recipe), so that results are reproducible. On two cores, \
      the default recipe takes about 40 minutes; --minutes scales it to another time.

      Rerun the command, or just 'dflab duel --name NAME', to resume. Larger --rounds or \
      --repetitions extend a duel.

      EXAMPLES
        dflab duel
        dflab duel --rounds 3 --repetitions 3 --name repeated
        dflab duel --replay 0 --name no-replay
        dflab duel --recipe small.json --name small
        dflab duel --external celeb --minutes 90 --name long
        dflab duel --a anna carl emil gina ida kim --b ben dora fred hugo jan lea

      OUTPUT
        Labs/NAME/report.html         outcome of each round, matrix of generators and detectors, \
      forgetting, cost of evasion, limitations; report.md has the same content
        Labs/NAME/results.json        all metrics
        Labs/NAME/duel.json           settings and progress
        Checkpoints/NAME-s1-g2-test1  a generator; c2 instead of g2 is its control
        Checkpoints/NAME-s1-d2-...    a detector; reference instead of d2 never adapts
        Datasets/NAME-s1-...          labeled datasets

      NAMES
        s1     repetition 1
        g2     generator of round 2, trained with the adversary
        c2     control of round 2, trained without it
        d2     detector of round 2
        test1  first test pair; training and validation pairs are named alike

      EXIT CODES
        0    success
        1    error; finished steps are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Option(
    parsing: .upToNextOption, help: "Face sets of the A identities, one per pair",
    completion: .directory)
  var a: [String] = []

  @Option(
    parsing: .upToNextOption, help: "Face sets of the B identities, one per pair",
    completion: .directory)
  var b: [String] = []

  @Option(
    help: "JSON file with training budgets and dataset sizes; see Labs/README.md",
    completion: .file(extensions: ["json"]))
  var recipe: String?

  @Option(
    parsing: .unconditional,
    help: "Number of rounds, 2 to 50 (default: \(DuelRequest.usual.rounds))")
  var rounds: Int?

  @Option(
    parsing: .unconditional,
    help: """
      Number of repetitions, each with other identities (or another split of the given pairs) and \
      another random seed (default: \(DuelRequest.usual.repetitions))
      """)
  var repetitions: Int?

  @Option(
    parsing: .unconditional, help: "Random seed (default: \(DuelRequest.usual.seed))")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: """
      Fraction of each earlier round's samples that detectors are trained on again, 0 to 1 \
      (default: \(DuelRequest.usual.replay))
      """)
  var replay: Double?

  @Option(help: "External labeled dataset to test on as well")
  var external: String?

  @Option(
    parsing: .unconditional, help: "Scale the recipe's steps to this many minutes on two cores")
  var minutes: Double?

  @Option(help: "Name of the duel")
  var name = DuelRequest().name

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(rounds, "--rounds", in: DuelRequest.roundCounts)
    try require(repetitions, "--repetitions", in: DuelRequest.repetitionCounts)
    try require(replay, "--replay", in: 0...1)
    try require(minutes, "--minutes", above: 0)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = DuelProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try DuelRun.run(request, interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome.report == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  var request: DuelRequest {
    var request = DuelRequest()
    (request.name, request.a, request.b, request.recipe) = (name, a, b, recipe)
    (request.rounds, request.repetitions, request.seed) = (rounds, repetitions, seed)
    (request.replay, request.external, request.minutes) = (replay, external, minutes)
    request.workspace = workspaceOptions.workspace
    return request
  }
}
