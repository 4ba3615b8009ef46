private import CKernels

extension Kernels {
  /// The coefficients of one step of Adam or AdamW, the same for every value.
  struct AdamStep {
    /// The factor applied to gradients first.
    var gradientScale: Float
    /// The factor applied to values first: 1 − learning rate · weight decay.
    var keep: Float
    /// 1 − β1, and β2, and 1 − β2.
    var firstShare, secondKeep, secondShare: Float
    /// Learning rate / (1 − β1ᵗ).
    var stepSize: Float
    /// 1 / √(1 − β2ᵗ).
    var rootScale: Float
    var epsilon: Float
  }

  /// One step of Adam in a single parallel pass, which also clears the gradient.
  ///
  /// A value whose squared gradient is not finite stays as it is, with its moments.
  /// - Returns: true if every gradient was finite.
  static func adamStep(
    _ step: AdamStep, value: Tensor, gradient: Tensor, first: Tensor, second: Tensor
  ) -> Bool {
    inPieces(value.count) { start, count in
      var numbers = dflab_adam(
        gradient_scale: step.gradientScale, keep: step.keep, first_share: step.firstShare,
        second_keep: step.secondKeep, second_share: step.secondShare, step_size: step.stepSize,
        root_scale: step.rootScale, epsilon: step.epsilon)
      return unsafe dflab_adam_step(
        &numbers, value.floats + start, gradient.floats + start, first.floats + start,
        second.floats + start, count)
    }.allSatisfy { $0 }
  }

  /// One step of gradient descent with momentum; otherwise as `adamStep`.
  static func momentumStep(
    gradientScale: Float, momentum: Float, rate: Float, value: Tensor, gradient: Tensor,
    velocity: Tensor
  ) -> Bool {
    inPieces(value.count) { start, count in
      unsafe dflab_momentum_step(
        gradientScale, momentum, rate, value.floats + start, gradient.floats + start,
        velocity.floats + start, count)
    }.allSatisfy { $0 }
  }

  /// The sum of squares; the same for every number of threads.
  static func sumOfSquares(_ tensor: Tensor) -> Double {
    inPieces(tensor.count) { start, count in
      unsafe dflab_sum_of_squares(tensor.floats + start, count)
    }.reduce(0, +)
  }

  /// average += share · (value − average).
  static func averageStep(share: Float, value: Tensor, average: Tensor) {
    _ = inPieces(value.count) { start, count in
      unsafe dflab_average_step(share, value.floats + start, average.floats + start, count)
    }
  }

  /// Runs `body` on pieces of 0 ..< count that do not depend on the number of threads.
  private static func inPieces<Result>(
    _ count: Int, _ body: @Sendable (_ start: Int, _ count: Int) -> Result
  ) -> [Result] {
    let piece = 1 << 16
    // Waking the threads costs more than so small a pass.
    guard count > piece else { return [body(0, count)] }
    return ThreadPool.map((count + piece - 1) / piece) { index in
      body(index * piece, min(piece, count - index * piece))
    }
  }
}
