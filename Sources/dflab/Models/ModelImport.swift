import ArgumentParser
import Detection
import Workflows

/// `dflab models import`.
struct ModelImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import published weights: pretrained networks, or MesoNet's detectors.",
    discussion: """
      With the name of a network: reads a safetensors file with the tensor names of torchvision or \
      timm, checks each tensor against the network, and leaves out the classifier. Writes \
      Checkpoints/NAME/best.safetensors, for 'dflab detect --retrain --init NAME'. \
      Checkpoints/safetensors_from_pth.py turns a .pth file into a safetensors file. \
      efficientnet-lite0 is timm's tf_efficientnet_lite0, the others are those of the same name \
      without 'tf_'.

      With mesonet: reads a folder with manifest.json and, for each model, a file of float32 values \
      (kernels in height, width, input, output order). Writes \
      Checkpoints/NAME-MODEL/best.safetensors for each: mesonet-meso4-df, \
      mesonet-mesoinception-f2f and so on.

      EXAMPLES
        dflab models import resnet50.safetensors --as resnet50
        dflab models import weights_plain --as mesonet
      """)

  /// What the weights are of.
  enum Kind: Equatable, ExpressibleByArgument {
    case network(NetworkArchitecture)
    case mesoNet

    init?(argument: String) {
      if argument == "mesonet" {
        self = .mesoNet
      } else if let network = PretrainedNetwork.importable.first(where: {
        $0.rawValue == argument
      }) {
        self = .network(network)
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] {
      PretrainedNetwork.importable.map(\.rawValue) + ["mesonet"]
    }
  }

  @Argument(help: "Safetensors file, or MesoNet's folder", completion: .file())
  var path: String

  @Option(name: .customLong("as"), help: "What the weights are of")
  var kind: Kind

  @Option(help: "Name of the model, or prefix of MesoNet's (default: pretrained-NETWORK, mesonet)")
  var name: String?

  @OptionGroup var workspaceOptions: WorkspaceOptions

  func run() throws {
    let workspace = workspaceOptions.workspace
    switch kind {
    case .network(let network):
      Terminal().print(
        try NetworkImport.run(
          file: path, as: network, name: name ?? "pretrained-\(network.rawValue)",
          workspace: workspace))
    case .mesoNet:
      for path in try MesoNetImport.run(
        folder: path, name: name ?? "mesonet", workspace: workspace)
      {
        Terminal().print(path)
      }
    }
  }
}
