import ArgumentParser
import Workflows

/// `dflab models import`.
struct ModelImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import published detector weights.",
    discussion: """
      'mesonet' reads a folder with manifest.json and, for each model, a file of float32 values \
      (kernels in height, width, input, output order). Writes \
      Checkpoints/NAME-MODEL/best.safetensors for each: mesonet-meso4-df, \
      mesonet-mesoinception-f2f and so on.

      EXAMPLE
        dflab models import mesonet weights_plain
      """)

  /// Publications whose weights can be read.
  enum Source: String, CaseIterable, ExpressibleByArgument {
    case mesonet
  }

  @Argument(help: "Source of the weights")
  var source: Source

  @Argument(help: "Folder of the weights", completion: .directory)
  var folder: String

  @Option(help: "Prefix of the models' names")
  var name = "mesonet"

  @OptionGroup var workspaceOptions: WorkspaceOptions

  func run() throws {
    switch source {
    case .mesonet:
      for path in try MesoNetImport.run(
        folder: folder, name: name, workspace: workspaceOptions.workspace)
      {
        Terminal().print(path)
      }
    }
  }
}
