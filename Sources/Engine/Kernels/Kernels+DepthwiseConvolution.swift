private import CKernels

extension ConvolutionShape {
  /// Whether the convolution is depthwise and `depthwise.c` supports it.
  var fitsDepthwise: Bool {
    groups > 1 && groups == inputs && groups == outputs && dilation == 1
      && kernelHeight == kernelWidth && [3, 5, 7].contains(kernelHeight)
      && padding < kernelHeight
  }
}

/// Depthwise convolutions; weights are in the layout `ParameterLayout.channelsLast`.
///
/// Computed in float32; bfloat16 is widened before and rounded after.
extension Kernels {
  /// y = activation(x * weight + bias).
  static func convolveDepthwise(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation,
    _ settings: ConvolutionShape
  ) -> Tensor {
    let source = x.converted(to: .float32)
    let y = Tensor(uninitialized: settings.outputShape)
    var shape = dflab_depthwise(settings)
    let (kind, slope) = activation == .identity ? (0, 0) : code(activation)
    unsafe dflab_depthwise_forward(
      &shape, source.floats, weight.floats, bias?.floats, kind, slope, y.floats)
    return y.converted(to: x.precision)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  static func convolveDepthwiseBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ settings: ConvolutionShape,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    let (source, slope) = (x.converted(to: .float32), dy.converted(to: .float32))
    if let weight = gradients.weight {
      var shape = dflab_depthwise(settings)
      let parts = Tensor(uninitialized: [settings.batch, weight.value.count])
      unsafe dflab_depthwise_backward_weights(
        &shape, source.floats, slope.floats, parts.floats)
      let sums = channelSums(parts, groups: 1)
      weight.gradient.makeUnique()
      unsafe addScaled(sums.floats, by: 1, to: weight.gradient.floats, count: sums.count)
    }
    if let bias = gradients.bias {
      let sums = channelSums(slope, groups: 1)
      bias.gradient.add { sums[$0] }
    }
    guard gradients.needsInput else { return Tensor(zeros: [0]) }
    return depthwiseInputGradient(slope, weight, settings).converted(to: x.precision)
  }

  private static func depthwiseInputGradient(
    _ dy: Tensor, _ weight: Tensor, _ settings: ConvolutionShape
  ) -> Tensor {
    let dx = Tensor(uninitialized: settings.inputShape)
    guard settings.stride == 1 else {
      var shape = dflab_depthwise(settings)
      unsafe dflab_depthwise_backward_data(&shape, dy.floats, weight.floats, dx.floats)
      return dx
    }
    let taps = settings.kernelHeight * settings.kernelWidth
    let turned = Tensor(uninitialized: weight.shape)
    for tap in 0..<taps {
      unsafe (turned.floats + (taps - 1 - tap) * settings.inputs).update(
        from: weight.floats + tap * settings.inputs, count: settings.inputs)
    }
    let from = settings.outputShape
    var shape = dflab_depthwise(
      batch: Int32(from[0]), height: Int32(from[1]), width: Int32(from[2]),
      channels: Int32(from[3]), kernel: Int32(settings.kernelHeight), stride: 1,
      padding: Int32(settings.kernelHeight - 1 - settings.padding),
      out_height: Int32(settings.height), out_width: Int32(settings.width))
    unsafe dflab_depthwise_forward(&shape, dy.floats, turned.floats, nil, 0, 0, dx.floats)
    return dx
  }
}

extension dflab_depthwise {
  fileprivate init(_ settings: ConvolutionShape) {
    self.init(
      batch: Int32(settings.batch), height: Int32(settings.height), width: Int32(settings.width),
      channels: Int32(settings.inputs), kernel: Int32(settings.kernelHeight),
      stride: Int32(settings.stride), padding: Int32(settings.padding),
      out_height: Int32(settings.outputShape[1]), out_width: Int32(settings.outputShape[2]))
  }
}
