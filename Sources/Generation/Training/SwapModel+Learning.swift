import Engine

extension SwapModel {
  /// Adds the gradient of the sum of both sides' losses to the parameters.
  ///
  /// The encoder processes both batches as one, and each decoder one half; the encoder's gradients
  /// are computed in one pass.
  ///
  /// - Parameters:
  ///   - faces: `[2N, side, side, 3]`, the first half of A; its precision is that of all activations.
  ///   - isCrossed: whether each half uses the other side's decoder, as in a swap.
  ///   - randomness: for layers that need random numbers.
  ///   - loss: the loss of a decoder's output for a half, `[N, side, side, 3]` or with a mask as a
  ///     fourth channel.
  func learn(
    from faces: Tensor, isCrossed: Bool = false, randomness: RandomSource,
    loss: (_ made: Tensor, _ maker: Side) -> LossValue
  ) -> (a: Float, b: Float) {
    let half = faces.shape[0] / 2
    var encoded = Saved(.training, randomness: randomness.split(0))
    let code = encoder.forward(faces, saving: &encoded)
    let halves = [code.samples(0..<half), code.samples(half..<2 * half)]
    let a = learn(
      .a, from: halves[isCrossed ? 1 : 0], randomness: randomness.split(1), loss: loss)
    let b = learn(
      .b, from: halves[isCrossed ? 0 : 1], randomness: randomness.split(2), loss: loss)
    let gradients = isCrossed ? [b.gradient, a.gradient] : [a.gradient, b.gradient]
    _ = encoder.backward(Tensor.joined(gradients), from: &encoded)
    return (a.loss, b.loss)
  }

  /// The loss of one side, and its gradient with respect to the code.
  private func learn(
    _ side: Side, from code: Tensor, randomness: RandomSource, loss: (Tensor, Side) -> LossValue
  ) -> (loss: Float, gradient: Tensor) {
    let decoder = decoder(side)
    var decoded = Saved(.training, randomness: randomness)
    let faces = decoder.forward(code, saving: &decoded)
    let value = loss(faces, side)
    let gradient = value.gradient.converted(to: faces.precision)
    return (value.value, decoder.backward(gradient, from: &decoded))
  }
}
