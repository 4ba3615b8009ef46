import ArgumentParser
import Records
import Workflows

/// `dflab faces synthesize`.
struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render people who do not exist, with the truth of every picture.",
    discussion: """
      Makes one face set a person below --out: p001, p002 and so on, each a folder that \
      `dflab swap` reads. Everything follows from the seed: the same command gives the same \
      pictures, and more people or pictures leave those that there are as they are. A set holds \
      moments of many short clips; with --sequence it is one clip at 25 frames a second, with \
      speech, blinks and head motion.

      The same command again goes on with what was interrupted.

      EXAMPLES
        dflab faces synthesize --recipe demo
        dflab faces synthesize --people 12 --count 60 --seed 7 --out Datasets/dozen
        dflab faces synthesize --people 1 --count 250 --sequence --out clip
        dflab swap --a Datasets/people/p001 --b Datasets/people/p002 --minutes 10

      WHAT COMES OUT
        OUT/p001/000001.jpg …   pictures, as a camera would write them; each is marked as made \
      by an algorithm
        OUT/p001/faces.jsonl    a line a picture: 68 landmarks, pose, and all numbers of the scene
        OUT/p001/masks, depth   the face's mask (8 bits), the distance in millimeters (16 bits)
        OUT/sheet.png           some pictures of each person
        OUT/synthesis.json      the recipe that they were made by
        OUT/report.html         all of that to read, with the sheet; report.md is the same

      EXIT CODES
        0    done
        1    an error, said in one sentence; what was rendered before is kept
        64   wrong options
        130  ended by Ctrl-C: what is written is whole, the same command goes on
        143  ended by the system, likewise
      """)

  @Option(help: "A recipe: a name such as demo, or a JSON file. Options go before it.")
  var recipe: String?

  @Option(parsing: .unconditional, help: "How many people (default: 2).")
  var people: Int?

  @Option(parsing: .unconditional, help: "Pictures of each person (default: 400).")
  var count: Int?

  @Option(parsing: .unconditional, help: "What all chance follows from (default: 1).")
  var seed: UInt64?

  @Option(
    help: "The folder for the people; by default Datasets/people, or after the recipe.",
    completion: .directory)
  var out: String?

  @Flag(inversion: .prefixedNo, help: "Render the frames of one clip, in time.")
  var sequence: Bool?

  @Option(
    parsing: .unconditional,
    help: "How far heads turn either way, in degrees, 0 to 45 (default: 30).")
  var yaw: Double?

  @Option(
    parsing: .unconditional,
    help: "How far heads nod either way, in degrees, 0 to 25 (default: 12).")
  var pitch: Double?

  @Option(
    parsing: .unconditional,
    help: "How far heads lean either way, in degrees, 0 to 20 (default: 8).")
  var roll: Double?

  @Option(parsing: .unconditional, help: "Pixels along a side, 64 to 1024 (default: 256).")
  var size: Int?

  @Flag(inversion: .prefixedNo, help: "Write the face masks (by default yes).")
  var masks: Bool?

  @Flag(inversion: .prefixedNo, help: "Write the depth (by default yes).")
  var depth: Bool?

  @Flag(help: "Render anew, in place of the people that are in the folder.")
  var force = false

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(people, "--people", atLeast: 1)
    try require(count, "--count", atLeast: 1)
    try require(size, "--size", in: Recipe.sizes)
    try require(yaw, "--yaw", in: Recipe.yaws)
    try require(pitch, "--pitch", in: Recipe.pitches)
    try require(roll, "--roll", in: Recipe.rolls)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = SynthesisProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try SynthesisRun.make(request, interruption: interruption) { progress.show($0) }
    try progress.end(outcome)
    if outcome.sheet == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  var request: SynthesisRequest {
    var request = SynthesisRequest()
    (request.recipe, request.out, request.workspace) = (recipe, out, workspace)
    (request.people, request.count, request.size, request.seed) = (people, count, size, seed)
    (request.yaw, request.pitch, request.roll) = (yaw, pitch, roll)
    (request.sequence, request.masks, request.depth) = (sequence, masks, depth)
    request.isForced = force
    return request
  }
}
