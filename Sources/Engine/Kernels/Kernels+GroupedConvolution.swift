private import CKernels

extension ConvolutionShape {
  /// Whether `grouped_convolution.c` supports the convolution: groups of as many inputs as outputs,
  /// 4, 8 or a multiple of 16, which make up whole blocks.
  var fitsBlocks: Bool {
    let share = inputs / groups
    return groups > 1 && inputs == outputs && inputs.isMultiple(of: Panels.width) && share >= 4
      && (share.isMultiple(of: Panels.width) || Panels.width.isMultiple(of: share))
      && kernelHeight * kernelWidth <= Int(DFLAB_DIRECT_CONVOLUTION_MOST_TAPS)
  }
}

/// Convolutions in groups of channels, as blocks of 16 or more (`grouped_convolution.c`); weights are
/// in the layout `ParameterLayout.blocks`.
///
/// Computed in float32; bfloat16 is widened before and rounded after.
extension Kernels {
  /// y = x * weight + bias, then the leaky ReLU of `slope` (1: none).
  static func convolveBlocks(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, slope: Float, _ settings: ConvolutionShape
  ) -> Tensor {
    let source = x.converted(to: .float32)
    let y = Tensor(uninitialized: settings.outputShape)
    var shape = dflab_grouped(settings, slope: slope)
    let scratch = Tensor(uninitialized: [unsafe dflab_grouped_scratch(&shape)])
    unsafe dflab_grouped_forward(
      &shape, source.floats, weight.floats, bias?.floats, y.floats, scratch.floats)
    return y.converted(to: x.precision)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  ///
  /// - Parameter dy: the gradient before the activation.
  static func convolveBlocksBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ settings: ConvolutionShape,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    let (source, slope) = (x.converted(to: .float32), dy.converted(to: .float32))
    let dx = Tensor(uninitialized: gradients.needsInput ? x.shape : [0])
    gradients.weight?.gradient.makeUnique()
    gradients.bias?.gradient.makeUnique()
    var shape = dflab_grouped(settings, slope: 1)
    let scratch = Tensor(uninitialized: [unsafe dflab_grouped_scratch(&shape)])
    unsafe dflab_grouped_backward(
      &shape, source.floats, slope.floats, weight.floats, gradients.needsInput ? dx.floats : nil,
      gradients.weight?.gradient.floats, gradients.bias?.gradient.floats, scratch.floats)
    return dx.converted(to: x.precision)
  }
}

extension dflab_grouped {
  fileprivate init(_ settings: ConvolutionShape, slope: Float) {
    var block = settings
    block.groups = 1
    block.inputs = Blocks.width(channels: settings.inputs, groups: settings.groups)
    block.outputs = block.inputs
    var own = dflab_convolution(direct: block)
    own.input_step = Int32(settings.inputs)
    own.output_step = Int32(settings.outputs)
    own.slope = slope
    let isWinograd = block.fitsWinograd && block.stride == 1 && block.isWorthWinograd
    self.init(
      block: own, group: Int32(settings.inputs / settings.groups), is_winograd: isWinograd ? 1 : 0)
  }
}

/// Convolutions in other groups, by oneDNN.
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
