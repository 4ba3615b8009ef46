public import Engine

extension SwapModel {
  /// The same model, sharing its weights, with layers that record their cost in `profile`.
  public func watched(by profile: LayerProfile) -> SwapModel {
    SwapModel(
      SwapLayers(
        encoder: profile.watching(encoder, as: "encoder"),
        decoderA: profile.watching(decoderA, as: "decoder_a"),
        decoderB: profile.watching(decoderB, as: "decoder_b")))
  }

  /// Multiply-adds of one swap.
  public var multiplyAdds: Int {
    let face = [1, 64, 64, 3]
    return encoder.multiplyAdds(for: face)
      + decoderB.multiplyAdds(for: encoder.outputShape(for: face))
  }
}
