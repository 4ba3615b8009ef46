public import Engine
import Foundation

/// A small network that tells from the picture of an eye how far it is closed.
///
/// Landmarks follow the lids of a closed eye late or not at all, so that a blink detector needs the
/// picture, too (Li, Chang and Lyu, "In ictu oculi", 2018, with a network of VGG's kind in their place).
/// It is trained on rendered eyes, whose lids are known. Three convolutions with pooling and two dense
/// layers, 25,105 parameters.
///
/// Its weights are only read, from several threads at once.
public struct EyeNetwork: @unchecked Sendable {
  /// Columns and rows of a picture.
  static let (width, height) = (40, 24)

  let body: Sequential

  /// A network with initial weights.
  public init(randomness: RandomSource) {
    var make = LayerBuilder(randomness, dropping: 0, reachesInput: false)
    body = Sequential([
      "conv1": make.convolution(1, 12, 3, activation: .relu, isFirst: true),
      "pool1": MaxPool(2),
      "conv2": make.convolution(12, 24, 3, activation: .relu),
      "pool2": MaxPool(2),
      "conv3": make.convolution(24, 32, 3, activation: .relu),
      "pool3": MaxPool(2),
      "flatten": Flatten(),
      "dense": make.dense(
        32 * (EyeNetwork.width / 8) * (EyeNetwork.height / 8), 32, activation: .relu),
      "classifier": make.dense(32, 1),
    ])
  }

  /// The parameters that the optimizer updates and checkpoints store, in a fixed order.
  public var parameters: [NamedParameter] { body.parameters }

  /// How far eyes are closed: 0 for open, 1 for closed.
  ///
  /// - Parameter pictures: each of `height` rows of `width` gray levels, with the outer corner on the left.
  func closures(of pictures: [[Float]]) -> [Double] {
    guard !pictures.isEmpty else { return [] }
    let input = Tensor.stacked(pictures.count, part: [EyeNetwork.height, EyeNetwork.width, 1]) {
      EyeNetwork.standardize(pictures[$0], into: &$1)
    }
    return body(input).values.map { 1 / (1 + exp(-Double($0))) }
  }

  /// Gray levels without their mean, over their deviation; of flat pictures, over a small part of the
  /// mean.
  static func standardize(_ picture: [Float], into part: inout MutableSpan<Float>) {
    let count = Float(picture.count)
    let mean = picture.reduce(0, +) / count
    let variance = picture.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let scale = 1 / max(variance.squareRoot(), 0.03 * mean + 2)
    for index in picture.indices { part[index] = (picture[index] - mean) * scale }
  }
}

extension EyeNetwork {
  /// The value of `kind` in the metadata of checkpoints.
  static let kind = "dflab eye network"

  /// Whether a file holds a network of this kind.
  public static func isThere(at path: String) -> Bool {
    (try? CheckpointFile(path))?.metadata["kind"] == kind
  }

  /// The network of a file that `EyeTrainer` saved.
  public init(reading file: CheckpointFile) throws(EngineError) {
    guard file.metadata["kind"] == EyeNetwork.kind else {
      throw .unreadableCheckpoint(path: file.path, reason: "it does not hold a network for eyes")
    }
    self.init(randomness: RandomSource(seed: 0))
    try parameters.restore(from: file)
  }

  /// The network that is embedded in the program.
  public static let carried: EyeNetwork = {
    do throws(EngineError) {
      return try EyeNetwork(reading: CheckpointFile(.eyes))
    } catch {
      preconditionFailure("the embedded network for eyes is damaged: \(error)")
    }
  }()
}
