import ArgumentParser
import Faces
import Records
import Workflows

/// `dflab extract`.
struct Extract: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Extract aligned faces from pictures and videos into a face set.",
    discussion: """
      Detects every face, locates its 68 landmarks, and writes it as an aligned 256×256 crop with \
      a record in faces.jsonl: source, box, landmarks, alignment matrix and its inverse, \
      sharpness, brightness, pose, identity. In videos, faces are detected in some frames and \
      tracked through the others.

      Rerun the command to resume. The result does not depend on interruptions.

      EXAMPLES
        dflab extract alice.mp4 --out Datasets/alice
        dflab extract bob.mov --every 2 --min-sharpness 20 --out Datasets/bob
        dflab extract interview.mkv --track --smooth --start 60 --end 180 --out Datasets/interview
        dflab extract holiday/ portrait.jpg --min-size 40 --out Datasets/stills

      OUTPUT
        OUT/000001.jpg ...   crops, in the order of inputs and time
        OUT/faces.jsonl      one record per crop
        OUT/masks            with --masks: 8-bit face masks
        OUT/1, OUT/2 ...     with --track: a face set for each identity, largest first
        OUT/extract.json     settings and rejected faces
        OUT/report.html      report with sample crops; report.md has the same content

      EXIT CODES
        0    success
        1    error, or no face found; written crops are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Argument(
    help: "Pictures, videos (files or URLs), and folders of them", completion: .file())
  var inputs: [String]

  @Option(help: "Folder of the face set", completion: .directory)
  var out: String

  @Option(parsing: .unconditional, help: "Process every Nth frame or picture")
  var every = 1

  @Option(parsing: .unconditional, help: "Start of each video in seconds (default: 0)")
  var start: Double?

  @Option(parsing: .unconditional, help: "End of each video in seconds (default: its end)")
  var end: Double?

  @Option(parsing: .unconditional, help: "Maximum number of faces (default: unlimited)")
  var maxFaces: Int?

  @Flag(help: "Smooth the landmarks of videos over time, without lag")
  var smooth = false

  @Flag(help: "Write a separate face set for each identity in a video, largest first")
  var track = false

  @Flag(help: "Write face masks")
  var masks = false

  @Option(parsing: .unconditional, help: "Minimum face width in pixels, 20 or more (default: 80)")
  var minSize: Double?

  @Option(
    parsing: .unconditional,
    help: "Minimum sharpness (variance of the Laplacian, typically 5 to 500)")
  var minSharpness: Double?

  @Option(parsing: .unconditional, help: "Minimum face detection score, typically 0 to 3")
  var minScore: Double?

  @Option(parsing: .unconditional, help: "Minimum mean brightness, 0 to 1")
  var minBrightness: Double?

  @Option(
    parsing: .unconditional,
    help: """
      Minimum difference from the identity's previous crop, 0 to 1 (0.01 drops static frames)
      """)
  var minDifference: Double?

  @Option(
    parsing: .unconditional, help: "Maximum yaw and pitch of the head in degrees, 1 to 90")
  var maxAngle: Double?

  @Flag(help: "Discard an earlier extraction in the folder")
  var force = false

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("Give at least one picture, folder or video.") }
    try require(every, "--every", in: 1...1_000_000)
    try require(maxFaces, "--max-faces", in: 1...1_000_000)
    try require(start, "--start", in: 0...1e7)
    try require(end, "--end", above: start ?? 0)
    try require(minSize, "--min-size", in: 20...10_000)
    try require(minSharpness, "--min-sharpness", in: 0...1e6)
    try require(minScore, "--min-score", in: -1...10)
    try require(minBrightness, "--min-brightness", in: 0...1)
    try require(minDifference, "--min-difference", in: 0...1)
    try require(maxAngle, "--max-angle", in: 1...90)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = ExtractProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try ExtractRun.make(request, interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if !outcome.isFinished, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  var request: ExtractRequest {
    var request = ExtractRequest(inputs: inputs, out: out)
    (request.every, request.start, request.end) = (every, start, end)
    request.maxFaces = maxFaces
    (request.isSmooth, request.isTracked, request.hasMasks) = (smooth, track, masks)
    request.isForced = force
    if let minSize { request.smallest = minSize }
    request.limits.size = minSize
    (request.limits.sharpness, request.limits.score) = (minSharpness, minScore)
    (request.limits.brightness, request.limits.difference) = (minBrightness, minDifference)
    request.limits.angle = maxAngle.map { $0 * .pi / 180 }
    return request
  }
}
