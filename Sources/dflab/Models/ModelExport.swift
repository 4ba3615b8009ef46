import ArgumentParser
import Workflows

/// `dflab models export`.
struct ModelExport: ParsableCommand {
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

  @Argument(
    help: ArgumentHelp("Run whose best weights are exported", valueName: "run"))
  var source: String

  @Option(help: "Name of the exported model")
  var name: String

  @OptionGroup var workspaceOptions: WorkspaceOptions

  func run() throws {
    Terminal().print(
      try ModelExporter.export(source, as: name, workspace: workspaceOptions.workspace))
  }
}
