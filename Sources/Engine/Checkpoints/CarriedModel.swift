import CModels

/// A trained model that is embedded in the program, so that it is available in every workspace.
///
/// The files are those that the repository keeps in `Checkpoints`, under the same names.
public enum CarriedModel: String, CaseIterable, Sendable {
  /// A swap model of the two synthetic people of the recipe `demo`.
  case demo
  /// The encoder and decoder of many people's faces, to initialize swap models of `fast` with.
  case swapBase = "base-fast"
  /// A detector trained on forgeries of many synthetic people, to initialize training with.
  case base = "base-efficientnet-b0"
  /// EfficientNet-Lite0 that has learned ImageNet, to initialize training with.
  case imageNetLite0 = "imagenet-efficientnet-lite0"
  /// A detector trained on forgeries of real people, to score files with where no other was trained.
  case realPeople = "real-people"
  /// Autoencoders of pictures, to make forgeries with.
  case autoencoders
  /// A network that tells how far eyes are closed, for a detector.
  case eyes

  /// The models that are detectors.
  public static let detectors: [CarriedModel] = [.realPeople, .base]

  /// The detector for workspaces without one of their own.
  public static let detector = CarriedModel.realPeople

  /// What it was trained on, to be read inside a sentence.
  public var trainingData: String {
    switch self {
    case .demo: "pictures of two synthetic people"
    case .swapBase: "faces of real and of synthetic people"
    case .base: "forgeries of synthetic people"
    case .imageNetLite0: "ImageNet's photographs of 1000 kinds of things"
    case .realPeople: "forgeries of real and of some synthetic people"
    case .autoencoders: "faces of real and of some synthetic people"
    case .eyes: "eyes of synthetic people"
    }
  }

  /// A descriptor of a file in memory with these bytes; negative after an error, as `errno` says.
  func openedInMemory() -> Int32 {
    let bytes = bytes
    return unsafe dflab_model_open(bytes, bytes.count)
  }

  /// The bytes of its safetensors file.
  public var bytes: [UInt8] {
    var count = 0
    let start =
      switch self {
      case .demo: unsafe dflab_model_demo(&count)
      case .swapBase: unsafe dflab_model_swap_base(&count)
      case .base: unsafe dflab_model_base(&count)
      case .imageNetLite0: unsafe dflab_model_imagenet_lite0(&count)
      case .realPeople: unsafe dflab_model_real_people(&count)
      case .autoencoders: unsafe dflab_model_autoencoders(&count)
      case .eyes: unsafe dflab_model_eyes(&count)
      }
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}
