public import Engine

/// One encoder for two faces, and a decoder for each.
///
/// What the encoder makes of a face holds pose, mouth, gaze and light; whose face comes out is
/// the decoder's doing. A face of A through B's decoder is the swap.
public struct SwapModel {
  /// Makes of any face what both decoders understand.
  public let encoder: any Layer
  /// Makes face A, `[N, 64, 64, 3]`, 0…1; with a mask as a fourth channel.
  public let decoderA: any Layer
  /// Makes face B, in the same way.
  public let decoderB: any Layer

  /// A model with fresh weights that follow from `randomness` alone.
  ///
  /// - Parameter hasMask: whether the decoders make a mask beside the face.
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

  /// What the optimizer may change and checkpoints hold, in a fixed order.
  public var parameters: [NamedParameter] {
    encoder.parameters.under("encoder") + decoderA.parameters.under("decoder_a")
      + decoderB.parameters.under("decoder_b")
  }

  /// The same pose, mouth and gaze on the face of `side`; of that side's own faces, themselves.
  ///
  /// - Parameter faces: `[N, 64, 64, 3]`, 0…1.
  /// - Returns: the same shape and precision.
  public func swap(_ faces: Tensor, to side: Side) -> Tensor { swapped(faces, to: side).faces }

  /// The same, with the masks that the model makes beside the faces, if it does.
  public func swapped(_ faces: Tensor, to side: Side) -> SwappedFaces {
    let decoder = decoder(side)
    let code = encoder(faces)
    return SwappedFaces(decoder(code))
  }
}
