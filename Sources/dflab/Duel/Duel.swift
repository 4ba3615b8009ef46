import ArgumentParser
import Records
import Workflows

/// `dflab duel`.
struct Duel: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let generator and detector answer each other, round after round.",
    discussion: """
      In each round swap models learn several pairs of people, from the second round on with the \
      newest detector's output of their swaps in the loss; a labeled set is made of the swaps; a \
      detector learns from it and from what is remembered of earlier rounds; and every detector so \
      far is tested on every generator so far, on people whom no detector has learned from.

      Controls: in each round the generators of the test pairs are also trained with the adversary \
      off, from the same weights and on the same faces, so that evasion is the difference; a \
      reference detector learns another forgery and never meets a swap; all tests are made again on \
      pictures that were encoded once more; classifiers that see no face are tried on every set.

      Without --a and --b the synthetic people of the workspace play; where there are too few, they \
      are rendered. People are divided once for all rounds, and each repetition has its own. The budgets are steps, in the recipe, so \
      that the same command gives the same bits; --minutes fits them to a time on two cores. The \
      usual recipe takes about 40 minutes there.

      The same command again goes on where it was interrupted, --name NAME alone as well; a larger \
      --rounds or --seeds adds to what there is.

      EXAMPLES
        dflab duel
        dflab duel --rounds 3 --seeds 3 --name thrice
        dflab duel --memory 0 --name forgetful
        dflab duel --recipe small.json --name small
        dflab duel --external celeb --minutes 90 --name long
        dflab duel --a anna carl emil gina ida kim --b ben dora fred hugo jan lea

      WHAT COMES OUT
        Labs/NAME/report.html        who won, the matrix of generators and detectors, what was \
      forgotten, what evading cost, what the numbers do not allow; report.md likewise
        Labs/NAME/results.json       all figures
        Labs/NAME/duel.json          the settings, and what is done
        Checkpoints/NAME-s1-g2-test1 the generator of a pair in round 2; c2 is its control
        Checkpoints/NAME-s1-d2-…     the detector of round 2; NAME-s1-reference-… never adapts
        Datasets/NAME-s1-…           the labeled sets

      EXIT CODES
        0    done
        1    an error, said in one sentence; what was saved before is kept
        64   wrong options
        130  ended by Ctrl-C, after saving
        143  ended by the system, after saving
      """)

  @Option(
    parsing: .upToNextOption, help: "Folders of person A's faces, one for each pair.",
    completion: .directory)
  var a: [String] = []

  @Option(
    parsing: .upToNextOption, help: "Folders of person B's faces, likewise.",
    completion: .directory)
  var b: [String] = []

  @Option(
    help: "A JSON file that says how large each part is; Labs/README.md says more.",
    completion: .file(extensions: ["json"]))
  var recipe: String?

  @Option(
    parsing: .unconditional,
    help: "How often the two answer each other, 2 to 50 (default: \(DuelRequest.usual.rounds)).")
  var rounds: Int?

  @Option(
    parsing: .unconditional,
    help: """
      How often the whole duel is played, each time with other synthetic people, or with the named \
      pairs divided anew, and other chance (default: \(DuelRequest.usual.seeds)).
      """)
  var seeds: Int?

  @Option(
    parsing: .unconditional,
    help: "What all chance follows from (default: \(DuelRequest.usual.seed)).")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: """
      The share of each earlier round's pictures that a detector is shown again, 0 to 1 (default: \
      \(DuelRequest.usual.memory)).
      """)
  var memory: Double?

  @Option(help: "A labeled set of fakes that nobody here has made, to be tested on as well.")
  var external: String?

  @Option(parsing: .unconditional, help: "Fit the recipe's steps to so many minutes on two cores.")
  var minutes: Double?

  @Option(help: "What to call the duel.")
  var name = DuelRequest().name

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(rounds, "--rounds", in: DuelRequest.roundCounts)
    try require(seeds, "--seeds", in: DuelRequest.seedCounts)
    try require(memory, "--memory", in: 0...1)
    try require(minutes, "--minutes", above: 0)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = DuelProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try DuelRun.play(request, interruption: interruption) { progress.show($0) }
    try progress.end(outcome)
    if outcome.report == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  var request: DuelRequest {
    var request = DuelRequest()
    (request.name, request.a, request.b, request.recipe) = (name, a, b, recipe)
    (request.rounds, request.seeds, request.seed) = (rounds, seeds, seed)
    (request.memory, request.external, request.minutes) = (memory, external, minutes)
    request.workspace = workspace
    return request
  }
}
