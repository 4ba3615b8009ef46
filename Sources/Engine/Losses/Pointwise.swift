/// Elementwise losses.
enum Pointwise {
  /// The number of positions in a piece.
  ///
  /// Sums are computed per piece and added in order, so that they do not depend on the number of
  /// threads.
  private static let piece = 4096

  /// The weighted mean of `term` over all values, and its gradient.
  ///
  /// - Parameter term: the loss of one value, and its derivative with respect to the prediction.
  @inline(__always)
  static func mean(
    _ prediction: Tensor, _ target: Tensor?, weight: Tensor?,
    _ term: @Sendable (_ prediction: Float, _ target: Float) -> (loss: Float, slope: Float)
  ) -> LossValue {
    let input = LossInput(prediction, target, weight: weight)
    let (places, channels) = (input.places, input.channels)
    let share = LossInput.share(of: input.totalWeight * Double(channels))
    let scale = Float(share)
    let gradient = Tensor(uninitialized: prediction.shape)
    let sums = ThreadPool.map((places + piece - 1) / piece) { index in
      let predictions = unsafe input.prediction.floats
      let targets = unsafe (input.target ?? input.prediction).floats
      let weights = unsafe input.weight?.floats
      let slopes = unsafe gradient.floats
      var sum = 0.0
      for place in index * piece..<min((index + 1) * piece, places) {
        let weight = unsafe weights?[place] ?? 1
        for i in place * channels..<(place + 1) * channels {
          let (loss, slope) = unsafe term(predictions[i], targets[i])
          sum += Double(weight * loss)
          unsafe slopes[i] = weight * slope * scale
        }
      }
      withExtendedLifetime((input, gradient)) {}
      return sum
    }
    return LossValue(value: Float(sums.reduce(0, +) * share), gradient: gradient)
  }
}
