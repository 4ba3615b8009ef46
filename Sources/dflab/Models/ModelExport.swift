import ArgumentParser
import Records
import Workflows

/// `dflab models export`.
struct ModelExport: ParsableCommand, RequestAction {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export a run's best weights in bfloat16, or as ONNX graphs.",
    discussion: """
      With --name: writes Checkpoints/NAME/best.safetensors without optimizer state, at half the size. Use it \
      with 'dflab swap --pretrained NAME', or, for a detector, with \
      'dflab detect --retrain --init NAME'. An exported model cannot be used to resume training.

      With --onnx, for a detector that is a network: writes a graph that other programs run, such as ONNX \
      Runtime. Its input 'pictures' is [N, 3, side, side], red, green and blue from 0 to 255, of the middle \
      of an aligned crop; of a detector of clips, 'clips' is [N, frames, 3, side, side]; of 'flow', 'flow' is \
      the optical flow, [N, frames - 1, 2, side, side]. The outputs, [N, 1], are 'probability', the calibrated \
      probability of fake, and 'logit', before calibration.

      With --onnx, for a swap model: writes FILE-a2b.onnx, which makes B of A, and FILE-b2a.onnx. The input \
      'faces' and the output 'swapped' are [N, 3, side, side], from 0 to 255; the output 'mask' of a model \
      with a learned mask is [N, 1, side, side], from 0 to 1.

      The metadata are a model card: how to cut the crop, the calibration, the threshold and the limits of \
      verdicts with their error rates, the training data, what was measured, and who made the model.

      EXAMPLES
        dflab models export alice-bob --name alice-bob-bf16
        dflab models export mine --onnx mine.onnx
        dflab models export demo --onnx demo.onnx
      """)

  @OptionGroup var options: RequestOptions<ExportRequest>

  func validate() throws { _ = try request }

  func run() throws { try ModelExport.export(request) }

  /// The options as a request.
  var request: ExportRequest {
    get throws { try ExportRequest(parsed: options.words) }
  }

  static func carryOut(
    _ request: ExportRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    try export(request)
  }

  private static func export(_ request: ExportRequest) throws {
    for path in try ModelExporter.export(request) { Terminal().print(path) }
  }
}
