import ArgumentParser
import Workflows

/// `dflab models export`.
struct ModelExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Keep a trained model, at half its size.",
    discussion: """
      Writes Checkpoints/NAME/best.safetensors with the best weights of a run in bfloat16, for \
      'dflab swap --pretrained NAME', or for 'dflab detect --retrain --start NAME' where the run has trained \
      a detector. It is for use, not for going on with training.

      EXAMPLE
        dflab models export alice-bob --as demo
      """)

  @Argument(help: "The run whose weights to take.")
  var model: String

  @Option(name: .customLong("as"), help: "What to call the model.")
  var name: String

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  func run() throws {
    Terminal().print(try ModelExporter.export(model, as: name, workspace: workspace))
  }
}
