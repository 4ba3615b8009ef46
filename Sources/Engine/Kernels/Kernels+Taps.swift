private import CKernels

extension ConvolutionShape {
  /// Whether products that read the picture in place are worth it: a run of channels for each tap.
  var fitsTaps: Bool {
    groups == 1 && inputs >= 8 && kernelHeight * kernelWidth <= Int(DFLAB_MOST_TAPS)
  }
}

/// Convolutions tap by tap (`taps.c`), for 1x1 kernels and those that Winograd does not cover.
///
/// Computed in float32; bfloat16 is widened before and rounded after.
extension Kernels {
  /// y = activation(x * weight + bias).
  static func convolveTaps(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation,
    _ settings: ConvolutionShape
  ) -> Tensor {
    let source = x.converted(to: .float32)
    let y = Tensor(uninitialized: settings.outputShape)
    var shape = dflab_patches(taps: settings)
    let scratch = Tensor(uninitialized: [unsafe dflab_taps_scratch(&shape)])
    let (kind, slope) = activation == .identity ? (0, 0) : code(activation)
    unsafe dflab_taps_forward(
      &shape, source.floats, weight.floats, bias?.floats, kind, slope, y.floats, scratch.floats)
    return y.converted(to: x.precision)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  ///
  /// - Parameter dy: the gradient before the activation.
  static func convolveTapsBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ settings: ConvolutionShape,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    let (source, slope) = (x.converted(to: .float32), dy.converted(to: .float32))
    var shape = dflab_patches(taps: settings)
    let scratch = Tensor(uninitialized: [unsafe dflab_taps_scratch(&shape)])
    if let weight = gradients.weight {
      weight.gradient.makeUnique()
      unsafe dflab_taps_backward_weights(
        &shape, source.floats, slope.floats, weight.gradient.floats, scratch.floats)
    }
    if let bias = gradients.bias {
      let sums = channelSums(slope, groups: 1)
      bias.gradient.add { sums[$0] }
    }
    let dx = Tensor(uninitialized: gradients.needsInput ? x.shape : [0])
    if gradients.needsInput {
      unsafe dflab_taps_backward_data(
        &shape, slope.floats, weight.floats, dx.floats, scratch.floats)
    }
    return dx.converted(to: x.precision)
  }
}

extension dflab_patches {
  fileprivate init(taps settings: ConvolutionShape) {
    self.init(
      batch: Int32(settings.batch), height: Int32(settings.height), width: Int32(settings.width),
      inputs: Int32(settings.inputs), outputs: Int32(settings.outputs),
      kernel_height: Int32(settings.kernelHeight), kernel_width: Int32(settings.kernelWidth),
      stride: Int32(settings.stride), padding: Int32(settings.padding),
      dilation: Int32(settings.dilation), slope: 1, bf16: 0)
  }
}
