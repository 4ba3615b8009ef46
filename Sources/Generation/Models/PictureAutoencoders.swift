public import Engine

/// Convolutional autoencoders of whole pictures, one for each way of upsampling.
///
/// Latent diffusion models, face swappers and talking-head generators end in a decoder that renders
/// every pixel from a coarse code. A real picture that passes through such a decoder differs from
/// itself by the decoder's texture alone (Rajan and others 2025, "Aligned Datasets Improve
/// Detection of Latent Diffusion-Generated Images"). Each autoencoder is fully convolutional:
/// pictures may have any size that is a multiple of 8.
///
/// Its weights are only read, from several threads at once.
public struct PictureAutoencoders: @unchecked Sendable {
  /// How a decoder doubles rows and columns, and how coarse its code is.
  public enum Upsampling: String, CaseIterable, Codable, Sendable {
    /// A pixel shuffle; a code of 16 channels at an eighth of the size.
    case shuffle
    /// Repeated pixels, then a convolution; a code of 16 channels at an eighth of the size.
    case nearest
    /// Bilinear interpolation, then a convolution; a code of 4 channels at a quarter of the size.
    case bilinear

    /// Pixels along a side for each value of the code.
    var reduction: Int { self == .bilinear ? 4 : 8 }
    /// Channels of the code.
    var codeChannels: Int { self == .bilinear ? 4 : 16 }
  }

  /// An encoder and its decoder.
  struct Pair {
    /// `[N, H, W, 3]` in 0…1 to `[N, H / reduction, W / reduction, codeChannels]` in −1…1.
    let encoder: any Layer
    /// The code to `[N, H, W, 3]` in 0…1.
    let decoder: any Layer
  }

  private let pairs: [Upsampling: Pair]

  /// Autoencoders with initial weights, determined by `randomness`.
  public init(randomness: RandomSource) {
    var pairs: [Upsampling: Pair] = [:]
    for (index, kind) in Upsampling.allCases.enumerated() {
      pairs[kind] = Pair(
        encoder: encoderLayers(kind, randomness.split(2 * index)),
        decoder: decoderLayers(kind, randomness.split(2 * index + 1)))
    }
    self.pairs = pairs
  }

  /// The autoencoder of a kind.
  subscript(kind: Upsampling) -> Pair {
    guard let pair = pairs[kind] else { preconditionFailure("no autoencoder '\(kind.rawValue)'") }
    return pair
  }

  /// The parameters that the optimizer updates and checkpoints store, in a fixed order.
  public var parameters: [NamedParameter] { Upsampling.allCases.flatMap(parameters) }

  /// Those of one autoencoder.
  func parameters(of kind: Upsampling) -> [NamedParameter] {
    self[kind].encoder.parameters.under("\(kind.rawValue).encoder")
      + self[kind].decoder.parameters.under("\(kind.rawValue).decoder")
  }

  /// Pictures `[N, H, W, 3]` in 0…1 as an autoencoder renders them, of the same shape.
  ///
  /// - Parameter change: a change of the code before it is decoded.
  public func reconstruct(
    _ pictures: Tensor, by kind: Upsampling, change: (Tensor) -> Tensor = { $0 }
  ) -> Tensor {
    self[kind].decoder(change(self[kind].encoder(pictures)))
  }
}

extension PictureAutoencoders {
  /// The value of `kind` in the metadata of checkpoints.
  static let kind = "dflab autoencoders"

  /// Whether a file holds autoencoders.
  public static func isThere(at path: String) -> Bool {
    (try? CheckpointFile(path))?.metadata["kind"] == kind
  }

  /// Autoencoders from a file that `AutoencoderTrainer` saved.
  public init(reading file: CheckpointFile) throws(EngineError) {
    guard file.metadata["kind"] == PictureAutoencoders.kind else {
      throw .unreadableCheckpoint(path: file.path, reason: "it does not hold autoencoders")
    }
    self.init(randomness: RandomSource(seed: 0))
    try parameters.restore(from: file)
  }

  /// The autoencoders that are embedded in the program.
  public static let carried: PictureAutoencoders = {
    do throws(EngineError) {
      return try PictureAutoencoders(reading: CheckpointFile(.autoencoders))
    } catch {
      preconditionFailure("the embedded autoencoders are damaged: \(error)")
    }
  }()
}

private func encoderLayers(
  _ kind: PictureAutoencoders.Upsampling, _ randomness: RandomSource
) -> Sequential {
  var chance = randomness
  func convolution(_ inputs: Int, _ outputs: Int, stride: Int = 1) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: stride == 1 ? 3 : 5, stride: stride,
      activation: .leakyReLU(0.1), randomness: &chance)
  }
  return Sequential([
    PixelUnshuffle(4),
    convolution(48, 96),
    convolution(96, 128, stride: kind.reduction / 4),
    residual(128, &chance),
    Conv2D(
      inputs: 128, outputs: kind.codeChannels, kernel: 3, gain: 0.5, randomness: &chance),
    Activate(.tanh),
  ])
}

private func decoderLayers(
  _ kind: PictureAutoencoders.Upsampling, _ randomness: RandomSource
) -> Sequential {
  var chance = randomness
  func doubled(_ inputs: Int, _ outputs: Int, isLast: Bool = false) -> [any Layer] {
    func convolution(_ outputs: Int) -> Conv2D {
      Conv2D(
        inputs: inputs, outputs: outputs, kernel: 3,
        activation: isLast && kind == .shuffle ? .identity : .leakyReLU(0.1),
        gain: isLast && kind == .shuffle ? 0.3 : 1, randomness: &chance)
    }
    return switch kind {
    case .shuffle: [convolution(4 * outputs), PixelShuffle(2)]
    case .nearest: [Resize(.nearest, scale: 2), convolution(outputs)]
    case .bilinear: [Resize(.bilinear, scale: 2), convolution(outputs)]
    }
  }
  var layers: [any Layer] = [
    Conv2D(
      inputs: kind.codeChannels, outputs: 128, kernel: 3, activation: .leakyReLU(0.1),
      randomness: &chance),
    residual(128, &chance),
  ]
  if kind.reduction == 8 { layers += doubled(128, 96) }
  layers += [residual(kind.reduction == 8 ? 96 : 128, &chance)]
  layers += doubled(kind.reduction == 8 ? 96 : 128, 64)
  if kind == .shuffle {
    layers += doubled(64, 3, isLast: true)
  } else {
    layers += doubled(64, 16)
    layers.append(Conv2D(inputs: 16, outputs: 3, kernel: 3, gain: 0.3, randomness: &chance))
  }
  return Sequential(layers + [Activate(.sigmoid)])
}
