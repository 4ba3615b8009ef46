public import Engine

/// One encoder for two faces, and a decoder for each.
///
/// The latent code describes pose, mouth, gaze and light; the decoder determines the identity.
/// Decoding a face of A with B's decoder is the swap.
public struct SwapModel {
  /// Encodes any face as a latent code for both decoders.
  public let encoder: any Layer
  /// Decodes the code as face A, `[N, 64, 64, 3]`, 0…1; with a mask as a fourth channel.
  public let decoderA: any Layer
  /// Decodes the code as face B, likewise.
  public let decoderB: any Layer

  /// A model with initial weights, determined by `randomness`.
  ///
  /// - Parameter hasMask: whether the decoders output a mask.
  public init(_ architecture: SwapArchitecture, hasMask: Bool = false, randomness: RandomSource) {
    self.init(architecture.trees(randomness, hasMask: hasMask))
  }

  init(_ trees: SwapLayers) {
    encoder = trees.encoder
    decoderA = trees.decoderA
    decoderB = trees.decoderB
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
  /// - Parameter faces: `[N, 64, 64, 3]`, 0…1.
  /// - Returns: the same shape and precision.
  public func swap(_ faces: Tensor, to side: Side) -> Tensor { swapped(faces, to: side).faces }

  /// Swaps faces, and returns the model's own masks as well, if it has them.
  public func swapped(_ faces: Tensor, to side: Side) -> SwappedFaces {
    let decoder = decoder(side)
    let code = encoder(faces)
    return SwappedFaces(decoder(code))
  }
}
