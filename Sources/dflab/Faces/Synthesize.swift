import ArgumentParser
import Records
import Workflows

/// `dflab faces synthesize`.
struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render synthetic identities with ground truth.",
    discussion: """
      Renders a face set for each identity: OUT/p001, OUT/p002 and so on, each of which \
      'dflab swap' can read. The same options and seed give the same pictures; a larger --people \
      or --count adds pictures without changing the others. By default the pictures are frames of \
      many short clips; with --sequence they are one clip at 25 frames per second, with speech, \
      blinks and head motion.

      Rerun the command to resume.

      EXAMPLES
        dflab faces synthesize --recipe demo
        dflab faces synthesize --people 12 --count 60 --seed 7 --out Datasets/dozen
        dflab faces synthesize --people 1 --count 250 --sequence --out clip
        dflab swap --a Datasets/people/p001 --b Datasets/people/p002 --minutes 10

      OUTPUT
        OUT/p001/000001.jpg ...   pictures, marked as synthetic
        OUT/p001/faces.jsonl      one record per picture: 68 landmarks, pose, scene parameters
        OUT/p001/masks, depth     face masks (8 bits), depth maps in millimeters (16 bits)
        OUT/sheet.png             sample pictures of each identity
        OUT/synthesis.json        settings
        OUT/report.html           report with the sheet; report.md has the same content

      EXIT CODES
        0    success
        1    error; rendered pictures are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Option(
    help: "Recipe: demo, or a JSON file; other options override its values")
  var recipe: String?

  @Option(parsing: .unconditional, help: "Number of identities (default: 2)")
  var people: Int?

  @Option(parsing: .unconditional, help: "Pictures per identity (default: 400)")
  var count: Int?

  @Option(parsing: .unconditional, help: "Random seed (default: 1)")
  var seed: UInt64?

  @Option(
    help: "Output folder (default: Datasets/people, or Datasets/RECIPE)", completion: .directory)
  var out: String?

  @Flag(
    inversion: .prefixedNo, help: "Render one continuous clip per identity (default: --no-sequence)"
  )
  var sequence: Bool?

  @Option(
    parsing: .unconditional, help: "Maximum head yaw in degrees, 0 to 45 (default: 30)")
  var yaw: Double?

  @Option(
    parsing: .unconditional, help: "Maximum head pitch in degrees, 0 to 25 (default: 12)")
  var pitch: Double?

  @Option(
    parsing: .unconditional, help: "Maximum head roll in degrees, 0 to 20 (default: 8)")
  var roll: Double?

  @Option(
    parsing: .unconditional, help: "Width and height in pixels, 64 to 1024 (default: 256)")
  var size: Int?

  @Flag(inversion: .prefixedNo, help: "Write face masks (default: --masks)")
  var masks: Bool?

  @Flag(inversion: .prefixedNo, help: "Write depth maps (default: --depth)")
  var depth: Bool?

  @Flag(help: "Replace existing pictures in the folder")
  var force = false

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(people, "--people", atLeast: 1)
    try require(count, "--count", atLeast: 1)
    try require(size, "--size", in: SynthesisRecipe.sizes)
    try require(yaw, "--yaw", in: SynthesisRecipe.yaws)
    try require(pitch, "--pitch", in: SynthesisRecipe.pitches)
    try require(roll, "--roll", in: SynthesisRecipe.rolls)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = SynthesisProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try SynthesisRun.make(request, interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome.sheet == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  var request: SynthesisRequest {
    var request = SynthesisRequest()
    (request.recipe, request.out, request.workspace) = (
      recipe, out, workspaceOptions.workspace
    )
    (request.people, request.count, request.size, request.seed) = (people, count, size, seed)
    (request.yaw, request.pitch, request.roll) = (yaw, pitch, roll)
    (request.sequence, request.masks, request.depth) = (sequence, masks, depth)
    request.isForced = force
    return request
  }
}
