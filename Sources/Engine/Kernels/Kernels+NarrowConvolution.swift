private import CKernels

extension ConvolutionShape {
  /// Whether there are so few channels that vectors of neighboring pixels are fuller than vectors of
  /// channels.
  var fitsNarrow: Bool {
    let reach = (min(kernelHeight, kernelWidth) - 1) * dilation
    return groups == 1 && stride == 1 && outputs <= 8 && inputs <= 16 && outputShape[2] >= 16
      && kernelHeight == kernelWidth && max(padding, paddingAfter) <= reach
  }
}

/// Convolution with few channels (`narrow_convolution.c`).
///
/// Computed in float32; bfloat16 is widened before and rounded after.
extension Kernels {
  /// y = activation(x * weight + bias), where the activation is leaky ReLU of `slope` (1: none).
  static func convolveNarrow(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, slope: Float, _ settings: ConvolutionShape
  ) -> Tensor {
    let source = x.converted(to: .float32)
    let y = Tensor(uninitialized: settings.outputShape)
    var shape = dflab_convolution(direct: settings)
    shape.slope = slope
    let scratch = Tensor(uninitialized: [unsafe dflab_narrow_convolution_scratch(&shape)])
    unsafe dflab_narrow_convolution_forward(
      &shape, source.floats, weight.floats, bias?.floats, y.floats, scratch.floats)
    return y.converted(to: x.precision)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  ///
  /// - Parameter dy: the gradient before the activation.
  static func convolveNarrowBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ settings: ConvolutionShape,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    let (source, slope) = (x.converted(to: .float32), dy.converted(to: .float32))
    var shape = dflab_convolution(direct: settings)
    let scratch = Tensor(uninitialized: [unsafe dflab_narrow_convolution_scratch(&shape)])
    if let weight = gradients.weight {
      weight.gradient.makeUnique()
      unsafe dflab_narrow_convolution_backward_weights(
        &shape, source.floats, slope.floats, weight.gradient.floats, scratch.floats)
    }
    if let bias = gradients.bias {
      let sums = channelSums(slope, groups: 1)
      bias.gradient.add { sums[$0] }
    }
    let dx = Tensor(uninitialized: gradients.needsInput ? x.shape : [0])
    if gradients.needsInput {
      unsafe dflab_narrow_convolution_backward_data(
        &shape, slope.floats, weight.floats, dx.floats, scratch.floats)
    }
    return dx.converted(to: x.precision)
  }
}
