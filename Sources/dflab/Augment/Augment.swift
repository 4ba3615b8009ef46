import ArgumentParser
import Faces
import Records
import Workflows

/// `dflab augment`.
struct Augment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a labeled set of real and forged faces.",
    discussion: """
      Makes Datasets/NAME out of real faces: half of the pictures stay as they are, the others are \
      forged by several methods, and all of them suffer the same degradations. Without --from and \
      --models it takes all face sets and all swap models of the workspace but those of duels, and \
      says which.

      Nobody is in two of training, validation and test: people who share a clip or a swap model stay \
      together, and whoever lends a face is of the same part. Real pictures and fakes go through the \
      same steps with the same settings. Classifiers that see no face (the file's size, its tables, \
      the border, the mean color…) are tried on the result, and must fail.

      The same command again goes on with what was interrupted, and gives the same bytes, whatever \
      --threads says. A larger --count adds to the set.

      EXAMPLES
        dflab augment
        dflab augment --name dozen --from Datasets/dozen --count 8000
        dflab augment --name stills --from Datasets/stills --models none --seed 7
        dflab augment --name hard --recipe hard.json --split 0/0/100

      METHODS
        swap       a face swapped by a trained model, blended and colored in several ways
        sbi        a face blended with a changed copy of itself
        xray       another person's face blended in, with the boundary as truth
        warp       a face made smaller, warped and put back
        upsample   a resampling that leaves a grid in the spectrum
        gan        a face from a model's decoder, of a disturbed code

      WHAT COMES OUT
        Datasets/NAME/manifest.jsonl   a line a picture: label (1 is fake), split, people, clips, \
      method, parameters, degradations, seed, SHA-256
        Datasets/NAME/pictures         JPEG, all with the same tables and the same mark
        Datasets/NAME/boundaries       where the pictures of xray were blended
        Datasets/NAME/sheet.png        some pictures of each method
        Datasets/NAME/audit.json       what classifiers that see no face can tell
        Datasets/NAME/augment.json     what the set was made by
        Datasets/NAME/report.html      all of that to read; report.md is the same as Markdown

      EXIT CODES
        0    done
        1    an error, said in one sentence; what was made before is kept
        64   wrong options
        130  ended by Ctrl-C: what is written is whole, the same command goes on
        143  ended by the system, likewise
      """)

  @Option(help: "What to call the set.")
  var name = "augmented"

  @Option(
    parsing: .upToNextOption,
    help: "Face sets, or folders that hold some; by default all of the workspace.",
    completion: .directory)
  var from: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Swap models by name, or none; by default all of the workspace but those of duels.")
  var models: [String] = []

  @Option(
    help: "A JSON file with mixture, strengths and degradations; Datasets/README.md says more.",
    completion: .file(extensions: ["json"]))
  var recipe: String?

  @Option(parsing: .unconditional, help: "How many pictures, real and fake.")
  var count = AugmentRequest().count

  @Option(help: "How much training, validation and test get, in percent.")
  var split = SplitRatios.usual.description

  @Option(parsing: .unconditional, help: "Fakes for each real picture.")
  var ratio = AugmentRequest().ratio

  @Option(parsing: .unconditional, help: "What all chance follows from.")
  var seed = AugmentRequest().seed

  @Option(parsing: .unconditional, help: "Pixels along a side of a picture, 64 to 256.")
  var size = AugmentRequest().size

  @Flag(inversion: .prefixedNo, help: "Try classifiers that see no face on the result.")
  var audit = true

  @Flag(help: "Make the set anew, in place of the one that is there.")
  var force = false

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: AugmentRequest.counts)
    try require(size, "--size", in: AugmentRequest.sizes)
    try require(ratio, "--ratio", in: AugmentRequest.ratios)
    guard SplitRatios(split) != nil else {
      throw ValidationError(
        "--split must be three whole numbers that add up to 100, such as 70/15/15, not \(split).")
    }
    if models.contains("none"), models.count > 1 {
      throw ValidationError("--models takes names, or none alone.")
    }
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = AugmentProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try AugmentRun.make(request, interruption: interruption) { progress.show($0) }
    try progress.end(outcome)
    if outcome.sheet == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  var request: AugmentRequest {
    var request = AugmentRequest()
    (request.name, request.from, request.recipe) = (name, from, recipe)
    request.models = models.isEmpty ? nil : models == ["none"] ? [] : models
    (request.count, request.ratio, request.seed, request.size) = (count, ratio, seed, size)
    request.shares = SplitRatios(split) ?? .usual
    (request.isAudited, request.isForced, request.workspace) = (audit, force, workspace)
    return request
  }
}
