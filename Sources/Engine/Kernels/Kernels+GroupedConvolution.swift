// Groups have too few channels each for panels of 16, so grouped convolutions use oneDNN.

extension Kernels {
  /// y = x * weight + bias, then the leaky ReLU of `slope` (1: none).
  static func convolveGrouped(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, slope: Float, _ shape: ConvolutionShape
  ) -> Tensor {
    shared(shape).forward(x: x, weight: weight, bias: bias, slope: slope == 1 ? nil : slope)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  static func convolveGroupedBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ shape: ConvolutionShape,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    let convolution = shared(shape)
    if let weight = gradients.weight {
      var bias = gradients.bias?.gradient
      convolution.backwardWeights(x: x, dy: dy, into: &weight.gradient, bias: &bias)
      if let bias { gradients.bias?.gradient = bias }
    }
    guard gradients.needsInput else { return Tensor(zeros: [0]) }
    return convolution.backwardData(dy: dy, weight: weight)
  }

  private static func shared(_ shape: ConvolutionShape) -> OneDNNConvolution {
    do {
      return try OneDNNConvolution.shared(shape)
    } catch {
      preconditionFailure("oneDNN refuses \(shape): \(error)")
    }
  }
}
