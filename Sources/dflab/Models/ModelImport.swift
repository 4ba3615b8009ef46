import ArgumentParser
import Workflows

/// `dflab models import`.
struct ModelImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over the published weights of a detector.",
    discussion: """
      'mesonet' reads a folder with 'manifest.json' and a file of float32 numbers for each model \
      (kernels as height, width, inputs, outputs), and writes Checkpoints/NAME-MODEL/best.safetensors \
      for each: mesonet-meso4-df, mesonet-mesoinception-f2f and so on.

      EXAMPLE
        dflab models import mesonet weights_plain
      """)

  /// Whose weights can be read.
  enum Source: String, CaseIterable, ExpressibleByArgument {
    case mesonet
  }

  @Argument(help: "Whose weights: mesonet.")
  var source: Source

  @Argument(help: "The folder that holds them.", completion: .directory)
  var folder: String

  @Option(help: "What the models' names begin with.")
  var name = "mesonet"

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  func run() throws {
    switch source {
    case .mesonet:
      for path in try MesoNetImport.run(folder: folder, name: name, workspace: workspace) {
        Terminal().print(path)
      }
    }
  }
}
