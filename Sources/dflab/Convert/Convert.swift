import ArgumentParser
import Generation
import Media
import Records
import Workflows

/// `dflab convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Swap faces in a video, a picture or a folder of pictures.",
    discussion: """
      Detects and tracks faces, swaps each with a trained model ('dflab swap'), matches its colors \
      to the frame and blends it in. Keeps the video's timestamps, audio, subtitles, rotation and \
      metadata; pixels outside the mask change only by re-encoding. The output is marked as synthetic.

      Rerun the command to resume; finished segments are kept in OUT.parts until the video is \
      complete. In a workspace, writes a report with frames before and after the swap: \
      Labs/convert-OUT/report.html, or OUT/report.html if OUT is a folder in the workspace.

      EXAMPLES
        dflab convert --model ab --input a.mp4 --to b --out a-as-b.mp4
        dflab convert --model ab --input a.mp4 --to b --out a-as-b.mkv --lossless --codec ffv1
        dflab convert --model ab --input group.mp4 --to b --out out.mp4 --reference alice.jpg
        dflab convert --model weights/best.safetensors --input pictures --to a --out swapped

      EXIT CODES
        0    success
        1    error, or no matching face found
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Option(help: "Swap run, or a file of weights", completion: .file())
  var model: String

  @Option(help: "Video (file or URL), picture, or folder of pictures", completion: .file())
  var input: String

  @Option(help: "Identity that is swapped in")
  var to: Side

  @Option(
    name: .customLong("out"), help: "Output: .mp4, .mov or .mkv file, picture, or folder")
  var output: String

  @Option(
    help: "Faces to swap: largest, all, or N for the Nth identity to appear (default: largest)",
    transform: Convert.faceChoice)
  var face = FaceChoice.largest

  @Option(
    help: "Picture of the face to swap; other faces are left unchanged", completion: .file())
  var reference: String?

  @Option(
    help: """
      Mask: hull (of the landmarks), ellipse, none (whole crop), or learned (default: learned if \
      the model has a learned mask, else hull)
      """)
  var mask: MaskShape?

  @Option(help: "Color transfer method")
  var colorTransfer = FaceInsertion().colorTransfer

  @Option(help: "Blending method")
  var blend = FaceInsertion().blend

  @Option(parsing: .unconditional, help: "Sharpening of the swapped faces, 0 to 2")
  var sharpen: Float = 0

  @Option(help: "Video codec")
  var codec = VideoEncoding().codec

  @Option(parsing: .unconditional, help: "Constant rate factor, 0 (best) to 51")
  var quality = VideoEncoding().quality

  @Flag(help: "Encode losslessly; pixels outside the faces keep their decoded values")
  var lossless = false

  @Flag(help: "Print the time spent in each stage")
  var timing = false

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

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
      isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON, showsTiming: timing)
    let outcome = try Conversion.run(request, interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome, isDone: !interruption.isAsked)
    if let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  var request: ConversionRequest {
    var request = ConversionRequest(model: model, input: input, side: to, output: output)
    (request.face, request.reference) = (face, reference)
    (request.mask, request.insertion.colorTransfer) = (mask, colorTransfer)
    (request.insertion.blend, request.insertion.sharpening) = (blend, sharpen)
    (request.encoding.codec, request.encoding.quality) = (codec, quality)
    request.encoding.isLossless = lossless
    request.workspace = workspaceOptions.workspace
    return request
  }

  private static func faceChoice(_ name: String) throws -> FaceChoice {
    guard let choice = FaceChoice(name) else {
      throw ValidationError(
        "--face must be largest, all, or a number of at least 1, not '\(name)'.")
    }
    return choice
  }
}
