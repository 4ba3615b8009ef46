private import CKernels

// A convolution to few channels, such as a network's last one to RGB, wastes most lanes of a
// panel. Over blocks of 2x2 pixels it has four times the inputs and outputs and
// 3x3 taps, which Winograd's transform covers: 64 to 3 channels by 5x5 taps cost a tenth.

extension ConvolutionShape {
  /// Whether the convolution runs over blocks of 2x2 pixels.
  var fitsSpaceToDepth: Bool {
    kernelHeight == kernelWidth && (kernelHeight == 3 || kernelHeight == 5) && stride == 1
      && dilation == 1 && padding == kernelHeight / 2 && paddingAfter == padding
      && outputs <= Panels.width / 4
      && inputs.isMultiple(of: 4) && height.isMultiple(of: 2) && width.isMultiple(of: 2)
  }

  /// The equivalent convolution over blocks, its outputs rounded up to a panel.
  fileprivate var blocks: ConvolutionShape {
    ConvolutionShape(
      batch: batch, height: height / 2, width: width / 2, inputs: 4 * inputs,
      outputs: Panels.width, kernel: (3, 3), padding: 1)
  }
}

extension Kernels {
  static func convolveSpaceToDepth(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, slope: Float, _ shape: ConvolutionShape
  ) -> Tensor {
    let blocks = shape.blocks
    let y = convolve(
      split(x, channels: blocks.inputs), expanded(weight, shape),
      bias.map { expandedBias($0, shape) }, slope: slope, blocks, .winograd)
    return join(y, channels: shape.outputs)
  }

  static func convolveSpaceToDepthBackward(
    _ dy: Tensor, _ x: Tensor, _ y: Tensor, _ weight: Tensor, slope: Float,
    _ shape: ConvolutionShape, into gradients: ConvolutionGradients
  ) -> Tensor {
    let blocks = shape.blocks
    let wide = Parameter(expanded(weight, shape))
    let wideBias = Parameter(Tensor(zeros: [blocks.outputs]))
    let dy = split(dy.converted(to: x.precision), channels: blocks.outputs)
    let dx = convolveBackward(
      dy, split(x, channels: blocks.inputs),
      slope == 1 ? dy : split(y, channels: blocks.outputs), wide.value, slope: slope, blocks,
      .winograd,
      into: ConvolutionGradients(needsInput: gradients.needsInput, weight: wide, bias: wideBias))
    if let weight = gradients.weight {
      unsafe dflab_space_to_depth_weights_adjoint(
        Int32(shape.inputs), Int32(shape.outputs), Int32(shape.kernelHeight),
        wide.gradient.floats, weight.gradient.floats)
    }
    gradients.bias?.gradient.write { sums in
      wideBias.gradient.read { parts in
        for i in 0..<4 * shape.outputs { sums[i % shape.outputs] += parts[i] }
      }
    }
    return gradients.needsInput ? join(dx, channels: shape.inputs) : dx
  }

  private static func expanded(_ weight: Tensor, _ shape: ConvolutionShape) -> Tensor {
    let result = Tensor(uninitialized: [1, 4 * shape.inputs * 9, Panels.width])
    unsafe dflab_space_to_depth_weights(
      Int32(shape.inputs), Int32(shape.outputs), Int32(shape.kernelHeight),
      weight.floats, result.floats)
    return result
  }

  private static func expandedBias(_ bias: Tensor, _ shape: ConvolutionShape) -> Tensor {
    var result = Tensor(zeros: [Panels.width])
    result.write { wide in
      bias.read { bias in
        for i in 0..<4 * shape.outputs { wide[i] = bias[i % shape.outputs] }
      }
    }
    return result
  }

  private static func split(_ x: Tensor, channels: Int) -> Tensor {
    let blocks = Tensor(
      uninitialized: [x.shape[0], x.shape[1] / 2, x.shape[2] / 2, channels],
      precision: x.precision)
    unsafe dflab_space_to_depth(
      Int32(x.shape[0]), Int32(x.shape[1]), Int32(x.shape[2]), Int32(x.shape[3]), Int32(channels),
      Int32(x.precision.stride), x.address, blocks.address)
    return blocks
  }

  private static func join(_ blocks: Tensor, channels: Int) -> Tensor {
    let shape = [blocks.shape[0], blocks.shape[1] * 2, blocks.shape[2] * 2, channels]
    let x = Tensor(uninitialized: shape, precision: blocks.precision)
    unsafe dflab_depth_to_space(
      Int32(shape[0]), Int32(shape[1]), Int32(shape[2]), Int32(channels), Int32(blocks.shape[3]),
      Int32(x.precision.stride), blocks.address, x.address)
    return x
  }
}
