import ArgumentParser
import Records
import Workflows

/// `dflab models export`.
struct ModelExport: ParsableCommand, RequestAction {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export a run's best weights in bfloat16, or a detector to ONNX.",
    discussion: """
      With --name: writes Checkpoints/NAME/best.safetensors without optimizer state, at half the size. Use it \
      with 'dflab swap --pretrained NAME', or, for a detector, with \
      'dflab detect --retrain --init NAME'. An exported model cannot be used to resume training.

      With --onnx: writes the network of a detector of single frames as a graph that other programs \
      run, such as ONNX Runtime. Its input 'pictures' is [N, 3, side, side], red, green and blue from \
      0 to 255, of the middle of an aligned crop; its output 'probability' is the calibrated probability \
      of fake, [N, 1]. The metadata hold the part of the crop, the threshold and the limits of verdicts.

      EXAMPLES
        dflab models export alice-bob --name alice-bob-bf16
        dflab models export mine --onnx mine.onnx
      """)

  @OptionGroup var options: RequestOptions<ExportRequest>

  func validate() throws { _ = try request }

  func run() throws { Terminal().print(try ModelExporter.export(request)) }

  /// The options as a request.
  var request: ExportRequest {
    get throws { try ExportRequest(parsed: options.words) }
  }

  static func carryOut(
    _ request: ExportRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    Terminal().print(try ModelExporter.export(request))
  }
}
