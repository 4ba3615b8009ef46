import ArgumentParser
import Records
import Workflows

/// `dflab models export`.
struct ModelExport: ParsableCommand, RequestAction {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export a run's best weights in bfloat16.",
    discussion: """
      Writes Checkpoints/NAME/best.safetensors without optimizer state, at half the size. Use it \
      with 'dflab swap --pretrained NAME', or, for a detector, with \
      'dflab detect --retrain --init NAME'. An exported model cannot be used to resume training.

      EXAMPLE
        dflab models export alice-bob --name alice-bob-bf16
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
