import ArgumentParser
import Records
import Workflows

/// `dflab models import`.
struct ModelImport: ParsableCommand, RequestAction {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import a detector in ONNX's format, or published weights.",
    discussion: """
      An ONNX file becomes a detector: its graph, with the weights beside it, is copied to \
      Checkpoints/NAME, and 'dflab detect --detectors NAME' scores with it. What the graph leaves open \
      must be given: how pixels are normalized, and which of several outputs is that of fakes. Detectors \
      that 'dflab models export --onnx' has written need no options. The crop is the aligned 256x256 picture \
      of 'dflab extract', cut to a margin around the face, scaled to the input's size, RGB. \
      Checkpoints/NAME/input.png shows what the network is given. Until \
      'dflab detect --calibrate NAME --data DATASET' every verdict is undecided.

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
        dflab models import clip.onnx --mean 0.481,0.458,0.408 --std 0.269,0.261,0.276 --fake-output 1
        dflab models import mine.onnx --name mine-again
        dflab models import resnet50.safetensors --as resnet50
        dflab models import weights_plain --as mesonet
      """)

  @OptionGroup var options: RequestOptions<ModelImportRequest>

  @OptionGroup(title: "ONNX") var graphOptions: RequestSection<ModelImportRequest>

  func validate() throws { _ = try request }

  func run() throws { ModelImport.show(try request.run()) }

  private static func show(_ outcome: ModelImportOutcome) {
    for path in outcome.models { Terminal().print(path) }
    for fact in outcome.facts { Terminal().print("  \(fact.name.padding(to: 8))\(fact.text)") }
  }

  /// The options as a request.
  var request: ModelImportRequest {
    get throws { try ModelImportRequest(parsed: options.words, graphOptions.words) }
  }

  static func carryOut(
    _ request: ModelImportRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    show(try request.run())
  }
}
