import ArgumentParser
import Generation
import Media
import Records
import Workflows

/// `dflab convert`.
struct Convert: RequestCommand {
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

  @OptionGroup var options: RequestOptions<ConversionRequest>

  @Flag(help: "Print the time spent in each stage")
  var timing = false

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    try withInterruption {
      try Convert.convert(request, outputOptions, $0, showsTiming: timing)
    }
  }

  static func carryOut(
    _ request: ConversionRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    try convert(request, output, interruption, showsTiming: false)
  }

  private static func convert(
    _ request: ConversionRequest, _ output: OutputOptions, _ interruption: Interruption,
    showsTiming: Bool
  ) throws {
    let progress = ConvertProgress(
      isQuiet: output.isQuiet, isJSON: output.isJSON, showsTiming: showsTiming)
    let outcome = try Conversion.run(request, interruption: interruption) {
      output.report($0, as: progress.show)
    }
    try progress.end(outcome, isDone: !interruption.isAsked)
    if let code = interruption.exitCode { throw ExitCode(code) }
  }
}
