import ArgumentParser
import Records
import Workflows

/// `dflab models import`.
struct ModelImport: ParsableCommand, RequestAction {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import published weights: pretrained networks, or MesoNet's detectors.",
    discussion: """
      With the name of a network: reads a safetensors file with the tensor names of its \
      publisher, such as torchvision, checks each tensor against the network, and leaves out the \
      classifier. Writes \
      Checkpoints/NAME/best.safetensors, for 'dflab detect --retrain --init NAME'. \
      Checkpoints/safetensors_from_pth.py turns a .pth file into a safetensors file. \
      efficientnet-lite0 is timm's tf_efficientnet_lite0, capsule begins with torchvision's vgg19, \
      clip-vit is CLIP's ViT-B/16 with the names of open_clip or transformers, resnext50-lstm and \
      densenet121-gru take torchvision's resnext50_32x4d and densenet121, i3d the weights of \
      pytorch-i3d; the others are those of the same name without 'tf_'.

      With mesonet: reads a folder with manifest.json and, for each model, a file of float32 values \
      (kernels in height, width, input, output order). Writes \
      Checkpoints/NAME-MODEL/best.safetensors for each: mesonet-meso4-df, \
      mesonet-mesoinception-f2f and so on.

      EXAMPLES
        dflab models import resnet50.safetensors --as resnet50
        dflab models import weights_plain --as mesonet
      """)

  @OptionGroup var options: RequestOptions<ModelImportRequest>

  func validate() throws { _ = try request }

  func run() throws {
    for path in try request.run() { Terminal().print(path) }
  }

  /// The options as a request.
  var request: ModelImportRequest {
    get throws { try ModelImportRequest(parsed: options.words) }
  }

  static func carryOut(
    _ request: ModelImportRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    for path in try request.run() { Terminal().print(path) }
  }
}
