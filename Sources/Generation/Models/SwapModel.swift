public import Engine
public import Faces

/// One encoder for two faces, and a decoder for each.
///
/// The latent code describes pose, mouth, gaze and light; the decoder determines the identity.
/// Decoding a face of A with B's decoder is the swap.
public struct SwapModel {
  /// Encodes any face as a latent code for both decoders.
  public let encoder: any Layer
  /// Decodes the code as face A, `[N, side, side, 3]`, 0…1; with a mask as a fourth channel.
  public let decoderA: any Layer
  /// Decodes the code as face B, likewise.
  public let decoderB: any Layer
  /// The side of the faces, in pixels.
  public let side: Int

  /// A model with initial weights, determined by `randomness`.
  ///
  /// - Parameters:
  ///   - side: the side of the faces, one of the architecture's.
  ///   - hasMask: whether the decoders output a mask.
  public init(
    _ architecture: SwapArchitecture, side: Int = Crop.side, hasMask: Bool = false,
    randomness: RandomSource
  ) {
    self.init(architecture.trees(randomness, side: side, hasMask: hasMask))
  }

  init(_ trees: SwapLayers) {
    encoder = trees.encoder
    decoderA = trees.decoderA
    decoderB = trees.decoderB
    side = trees.side
  }

  /// The decoder of one side.
  public func decoder(_ side: Side) -> any Layer { side == .a ? decoderA : decoderB }

  /// The parameters that the optimizer updates and checkpoints store, in a fixed order.
  public var parameters: [NamedParameter] {
    encoder.parameters.under("encoder") + decoderA.parameters.under("decoder_a")
      + decoderB.parameters.under("decoder_b")
  }

  /// Swaps faces to `side`, keeping pose, mouth and gaze; that side's own faces are reconstructed.
  ///
  /// - Parameter faces: `[N, side, side, 3]`, 0…1.
  /// - Returns: the same shape and precision.
  public func swap(_ faces: Tensor, to side: Side) -> Tensor { swapped(faces, to: side).faces }

  /// Swaps faces, and returns the model's own masks as well, if it has them.
  public func swapped(_ faces: Tensor, to side: Side) -> SwappedFaces {
    let decoder = decoder(side)
    let code = encoder(faces)
    return SwappedFaces(decoder(code))
  }
}

/// One of the two faces.
public enum Side: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  case a, b

  /// The other face.
  public var other: Side { self == .a ? .b : .a }
}

/// A decoder's output.
public struct SwappedFaces: Sendable {
  /// The faces, `[N, side, side, 3]`, 0…1.
  public let faces: Tensor
  /// The mask of each face, `[N, side, side, 1]`, 0…1; nil for a model without masks.
  public let masks: Tensor?

  /// - Parameter made: a decoder's output, of 3 channels, or 4 with the mask last.
  init(_ made: Tensor) {
    let hasMask = made.shape.last == 4
    faces = hasMask ? made.channels(0..<3) : made
    masks = hasMask ? made.channels(3..<4) : nil
  }
}

extension SwapModel {
  /// The trained model saved by a `dflab swap` run.
  ///
  /// - Parameter path: `best.safetensors` or `latest.safetensors` of a run.
  public init(reading path: String) throws(EngineError) {
    try self.init(reading: CheckpointFile(path))
  }

  /// The trained model in an open file.
  public init(reading file: CheckpointFile) throws(EngineError) {
    guard file.metadata["kind"] == SwapTrainer.kind,
      let architecture = file.metadata["architecture"].flatMap(SwapArchitecture.init)
    else {
      throw .unreadableCheckpoint(path: file.path, reason: "it was not written by 'dflab swap'")
    }
    let settings = try SwapTrainer.settings(of: file)
    guard architecture.sides.contains(settings.side) else {
      throw .unreadableCheckpoint(
        path: file.path, reason: "its faces have \(settings.side)×\(settings.side) pixels")
    }
    self.init(
      architecture, side: settings.side, hasMask: settings.mask != nil,
      randomness: RandomSource(seed: 0))
    try parameters.restore(from: file)
  }
}

extension SwapModel {
  /// A copy of a model without masks whose decoders output one, at first of random weights.
  ///
  /// The mask is the last of the channels that a decoder's last convolution shuffles into pixels, so that
  /// only that convolution differs.
  public func withMask(_ architecture: SwapArchitecture, randomness: RandomSource) -> SwapModel {
    let masked = SwapModel(architecture, side: side, hasMask: true, randomness: randomness)
    for (old, new) in zip(parameters, masked.parameters) {
      let (values, shape) = (old.parameter.plain.values, new.parameter.plainShape)
      let rest = new.parameter.plain.values[values.count...]
      new.parameter.plain = Tensor(shape: shape, values: values + rest)
    }
    return masked
  }

  /// The same model, sharing its weights, with layers that record their cost in `profile`.
  public func watched(by profile: LayerProfile) -> SwapModel {
    SwapModel(
      SwapLayers(
        encoder: profile.watching(encoder, as: "encoder"),
        decoderA: profile.watching(decoderA, as: "decoder_a"),
        decoderB: profile.watching(decoderB, as: "decoder_b"), side: side))
  }

  /// Multiply-adds of one swap.
  public var multiplyAdds: Int {
    let face = [1, side, side, 3]
    return encoder.multiplyAdds(for: face)
      + decoderB.multiplyAdds(for: encoder.outputShape(for: face))
  }
}
