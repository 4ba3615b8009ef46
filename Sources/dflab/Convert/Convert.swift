import ArgumentParser
import Generation
import Media
import Records
import Workflows

/// `dflab convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a learned face into a video, a picture, or a folder of pictures.",
    discussion: """
      Finds and follows the faces, lets the model of a 'dflab swap' run make the other person's \
      face of each, gives it the light of the scene and puts it in. Frame times, sound, \
      subtitles, rotation and metadata of a video are kept; what is outside of the mask is not \
      touched. The result is marked as made by a model.

      The same command again goes on where it was ended; until all is done, finished pieces are \
      kept in OUT.parts. In a workspace a page tells what came of it, with some frames before and \
      after: Labs/convert-OUT/report.html, or OUT/report.html where OUT is a folder of the workspace's.

      EXAMPLES
        dflab convert --model ab --input a.mp4 --to b --out a-as-b.mp4
        dflab convert --model ab --input a.mp4 --to b --out a-as-b.mkv --lossless --codec ffv1
        dflab convert --model ab --input group.mp4 --to b --out out.mp4 --like alice.jpg
        dflab convert --model weights/best.safetensors --input pictures --to a --out swapped

      EXIT CODES
        0    done
        1    an error, said in one sentence; also when no such face is found
        64   wrong options
        130  ended by Ctrl-C; the same command goes on
        143  ended by the system; the same command goes on
      """)

  @Option(help: "A run of 'dflab swap', or a file of its weights.", completion: .file())
  var model: String

  @Option(help: "A video (file or URL), a picture, or a folder of pictures.", completion: .file())
  var input: String

  @Option(help: "Whose face comes out: a or b.")
  var to: Side

  @Option(name: .customLong("out"), help: "The result: .mp4, .mov, .mkv, a picture, or a folder.")
  var output: String

  @Option(
    help: "The faces to swap: largest, all, or N for the person who appears as the N-th.",
    transform: Convert.faceChoice)
  var face = FaceChoice.largest

  @Option(
    help: "Swap only the face that is most like the one in this picture.", completion: .file())
  var like: String?

  @Option(
    help: """
      Where the face shows: hull (of its landmarks), ellipse, none (the whole crop), or learned, \
      the default for a model with --mask learned; else it is hull.
      """)
  var mask: MaskShape?

  @Option(help: "How it takes on the light: none, mean, lab, linear or histogram.")
  var color = FaceInsertion().color

  @Option(help: "How its edge goes over: feather or poisson.")
  var blend = FaceInsertion().blend

  @Option(parsing: .unconditional, help: "How much to sharpen the swapped faces, 0 to 2.")
  var sharpen: Float = 0

  @Option(help: "The video's codec: h264, hevc or ffv1.")
  var codec = VideoEncoding().codec

  @Option(parsing: .unconditional, help: "The encoder's rate factor, 0 to 51; lower is better.")
  var quality = VideoEncoding().quality

  @Flag(help: "Lose nothing: every bit outside of the faces stays as it was decoded.")
  var lossless = false

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @Flag(help: "Print how long each stage worked.")
  var timing = false

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(sharpen, "--sharpen", in: 0...2)
    try require(quality, "--quality", in: 0...51)
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = ConvertProgress(
      isQuiet: telling.isQuiet, isJSON: telling.json, showsTiming: timing)
    let outcome = try Conversion.run(request, interruption: interruption) { progress.show($0) }
    try progress.end(outcome, isDone: !interruption.isAsked)
    if let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  var request: ConversionRequest {
    var request = ConversionRequest(model: model, input: input, side: to, output: output)
    (request.face, request.like) = (face, like)
    (request.mask, request.insertion.color) = (mask, color)
    (request.insertion.blend, request.insertion.sharpening) = (blend, sharpen)
    (request.encoding.codec, request.encoding.quality) = (codec, quality)
    request.encoding.isLossless = lossless
    request.workspace = workspace
    return request
  }

  private static func faceChoice(_ name: String) throws -> FaceChoice {
    guard let choice = FaceChoice(name) else {
      throw ValidationError("--face must be largest, all, or a number from 1, not '\(name)'.")
    }
    return choice
  }
}
