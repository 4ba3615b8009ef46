import ArgumentParser
import Faces
import Records
import Workflows

/// `dflab extract`.
struct Extract: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take the faces out of pictures and videos.",
    discussion: """
      Finds every face, places its 68 landmarks, and writes it upright at 256×256, aligned to a \
      mean face, with a line in faces.jsonl: where it is from, its box, its landmarks, the matrix \
      from the source and back, sharpness, brightness, pose, who it is. In a video faces are \
      searched in some frames and followed through the others, with checks.

      The same command again goes on with what was interrupted, and gives the same set.

      EXAMPLES
        dflab extract alice.mp4 --out Datasets/alice
        dflab extract bob.mov --every 2 --min-sharpness 20 --out Datasets/bob
        dflab extract interview.mkv --track --smooth --from 60 --to 180 --out Datasets/interview
        dflab extract holiday/ portrait.jpg --min-size 40 --out Datasets/stills

      WHAT COMES OUT
        OUT/000001.jpg …   the faces, in the order of the inputs and of time
        OUT/faces.jsonl    a line a face
        OUT/masks          with --masks: how much of each pixel is face (8 bits)
        OUT/1, OUT/2 …     with --track instead: a set of each person, the largest first
        OUT/extract.json   what the set was made by, and what was left out
        OUT/report.html    all of that to read, with some faces; report.md is the same

      EXIT CODES
        0    done
        1    an error, said in one sentence, such as that no face was found; what was written \
      before is kept
        64   wrong options
        130  ended by Ctrl-C: what is written is whole, the same command goes on
        143  ended by the system, likewise
      """)

  @Argument(
    help: "Pictures, folders of pictures or videos, videos (files or URLs).", completion: .file())
  var inputs: [String]

  @Option(help: "The folder of the face set.", completion: .directory)
  var out: String

  @Option(parsing: .unconditional, help: "Look at every how many frames or pictures.")
  var every = 1

  @Option(parsing: .unconditional, help: "Begin each video at this time, in seconds.")
  var from: Double?

  @Option(parsing: .unconditional, help: "End each video at this time, in seconds.")
  var to: Double?

  @Option(parsing: .unconditional, help: "Keep at most this many faces.")
  var max: Int?

  @Flag(help: "Take the jitter out of a video's landmarks, without lag.")
  var smooth = false

  @Flag(help: "Tell people apart in videos: a set of each, the largest first.")
  var track = false

  @Flag(help: "Write the masks of the faces.")
  var masks = false

  @Option(
    parsing: .unconditional,
    help: "The narrowest face to search for and keep, in pixels, from 20 (default: 80).")
  var minSize: Double?

  @Option(
    parsing: .unconditional,
    help: "The least sharpness (variance of the Laplacian; often 5 to 500).")
  var minSharpness: Double?

  @Option(parsing: .unconditional, help: "The least certainty of the finder, 0 to 3.")
  var minScore: Double?

  @Option(parsing: .unconditional, help: "The least mean brightness, 0 to 1.")
  var minBrightness: Double?

  @Option(
    parsing: .unconditional,
    help: "How much a face must differ from this person's last one, 0 to 1 (0.01 drops stills).")
  var minDifference: Double?

  @Option(
    parsing: .unconditional, help: "How far heads may be turned or nod, in degrees, 1 to 90.")
  var maxTurn: Double?

  @Flag(help: "Throw away the set that an earlier extraction has left in the folder.")
  var force = false

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("Name a picture, a folder or a video.") }
    try require(every, "--every", in: 1...1_000_000)
    try require(max, "--max", in: 1...1_000_000)
    try require(from, "--from", in: 0...1e7)
    try require(to, "--to", above: from ?? 0)
    try require(minSize, "--min-size", in: 20...10_000)
    try require(minSharpness, "--min-sharpness", in: 0...1e6)
    try require(minScore, "--min-score", in: -1...10)
    try require(minBrightness, "--min-brightness", in: 0...1)
    try require(minDifference, "--min-difference", in: 0...1)
    try require(maxTurn, "--max-turn", in: 1...90)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = ExtractProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try ExtractRun.make(request, interruption: interruption) { progress.show($0) }
    try progress.end(outcome)
    if !outcome.isFinished, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  var request: ExtractRequest {
    var request = ExtractRequest(inputs: inputs, out: out)
    (request.every, request.from, request.to, request.most) = (every, from, to, max)
    (request.isSmooth, request.isTracked, request.hasMasks) = (smooth, track, masks)
    request.isForced = force
    if let minSize { request.smallest = minSize }
    request.limits.size = minSize
    (request.limits.sharpness, request.limits.score) = (minSharpness, minScore)
    (request.limits.brightness, request.limits.difference) = (minBrightness, minDifference)
    request.limits.turn = maxTurn.map { $0 * .pi / 180 }
    return request
  }
}
