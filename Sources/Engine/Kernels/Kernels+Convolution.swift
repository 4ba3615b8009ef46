private import CKernels

extension ConvolutionShape {
  /// Whether Winograd's transform applies: 3x3 at stride 1 or 5x5 at stride 2, whole panels of
  /// inputs, and enough outputs that no more than half a panel is wasted.
  var fitsWinograd: Bool {
    kernelHeight == kernelWidth && dilation == 1 && padding == kernelHeight / 2
      && paddingAfter == padding
      && ((kernelHeight == 3 && stride == 1) || (kernelHeight == 5 && stride == 2))
      && inputs.isMultiple(of: Panels.width) && outputs >= Panels.width / 2
  }

  /// Below four tiles Winograd's products are too small to pay for transforming the weights.
  var isWorthWinograd: Bool {
    batch * ((outputShape[1] + 3) / 4) * ((outputShape[2] + 3) / 4) >= 4
  }
}

extension ConvolutionShape {
  /// Whether plain products on the processor's tiles are faster than Winograd's transform, which they cover.
  var prefersTiles: Bool {
    kernelHeight == 3 && stride == 1 && inputs >= 64 && outputs >= 64
      && batch * outputShape[1] * outputShape[2] >= 64 && dflab_vector_level() >= 3
  }
}

/// The gradients that a convolution's backward pass produces or adds to.
struct ConvolutionGradients {
  /// Whether the gradient at the input is wanted.
  var needsInput: Bool
  var weight: Parameter?
  var bias: Parameter?
}

/// The algorithm of a convolution.
enum ConvolutionAlgorithm {
  /// `depthwise.c`: each channel by itself; `grouped_convolution.c`: blocks of channels; or oneDNN,
  /// for other groups.
  case depthwise, blocks, grouped
  /// Winograd over blocks of 2×2 pixels, for few outputs.
  case spaceToDepth
  /// F(4×4, 3×3), in `winograd.c`.
  case winograd
  /// Vectors of neighboring pixels for few channels, in `narrow_convolution.c`.
  case narrow
  /// Products for each tap of the kernel that read the image in place, in `direct_convolution.c`.
  case direct
  /// One matrix product over the image's windows, gathered as columns, in `im2col.c`.
  case im2col

  /// The fastest algorithm that supports the shape and, preferably, the precision.
  init(_ shape: ConvolutionShape, _ precision: Precision = .float32) {
    if shape.fitsDepthwise {
      self = .depthwise
    } else if shape.groups > 1 {
      self = shape.fitsBlocks ? .blocks : .grouped
    } else if shape.fitsNarrow && !shape.fitsWinograd {
      self = .narrow
    } else if shape.fitsSpaceToDepth {
      self = .spaceToDepth
    } else if shape.fitsWinograd {
      self = precision == .float32 && shape.prefersTiles ? .direct : .winograd
    } else {
      self = shape.fitsDirect ? .direct : .im2col
    }
  }
}

/// The algorithms whose kernels take either precision and apply bias and slope in the same pass.
enum FusedConvolutionAlgorithm {
  case winograd, im2col
}

extension Kernels {
  /// y = activation(x * weight + bias), where the activation is leaky ReLU of `slope` (1: none).
  static func convolve(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, slope: Float, _ settings: ConvolutionShape,
    _ algorithm: FusedConvolutionAlgorithm
  ) -> Tensor {
    let y = Tensor(uninitialized: settings.outputShape, precision: x.precision)
    let bias = unsafe bias?.floats
    let bf16: Int32 = x.precision == .bfloat16 ? 1 : 0
    switch algorithm {
    case .winograd:
      var shape = dflab_winograd(settings, slope: slope, bf16: bf16)
      let scratch = Tensor(uninitialized: [unsafe dflab_winograd_scratch(&shape, dflab_threads())])
      unsafe dflab_winograd_forward(
        &shape, x.address, weight.floats, bias, y.address, scratch.floats)
    case .im2col:
      var shape = dflab_convolution(settings, slope: slope, bf16: bf16)
      let scratch = Tensor(uninitialized: [unsafe dflab_im2col_scratch(&shape)])
      unsafe dflab_im2col_forward(
        &shape, x.address, weight.floats, bias, y.address, scratch.floats)
    }
    return y
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  static func convolveBackward(
    _ dy: Tensor, _ x: Tensor, _ y: Tensor, _ weight: Tensor, slope: Float,
    _ settings: ConvolutionShape, _ algorithm: FusedConvolutionAlgorithm,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    let dx = Tensor(uninitialized: gradients.needsInput ? x.shape : [0])
    let target = unsafe gradients.needsInput ? dx.floats : nil
    gradients.weight?.gradient.makeUnique()
    gradients.bias?.gradient.makeUnique()
    let weightGradient = unsafe gradients.weight?.gradient.floats
    let biasGradient = unsafe gradients.bias?.gradient.floats
    let bf16: Int32 = x.precision == .bfloat16 ? 1 : 0
    let dy = dy.converted(to: x.precision)
    switch algorithm {
    case .winograd:
      var shape = dflab_winograd(settings, slope: slope, bf16: bf16)
      let scratch = Tensor(uninitialized: [unsafe dflab_winograd_scratch(&shape, dflab_threads())])
      unsafe dflab_winograd_backward(
        &shape, x.address, y.address, dy.address, weight.floats, target, weightGradient,
        biasGradient, scratch.floats)
    case .im2col:
      var shape = dflab_convolution(settings, slope: slope, bf16: bf16)
      let scratch = Tensor(uninitialized: [unsafe dflab_im2col_scratch(&shape)])
      unsafe dflab_im2col_backward(
        &shape, x.address, y.address, dy.address, weight.floats, target, weightGradient,
        biasGradient, scratch.floats)
    }
    return dx.converted(to: x.precision)
  }
}

extension dflab_winograd {
  fileprivate init(_ settings: ConvolutionShape, slope: Float, bf16: Int32) {
    self.init(
      batch: Int32(settings.batch), height: Int32(settings.height), width: Int32(settings.width),
      inputs: Int32(settings.inputs), outputs: Int32(settings.outputs),
      input_step: Int32(settings.inputs), output_step: Int32(settings.outputs),
      stride: Int32(settings.stride), slope: slope, bf16: bf16)
  }
}

extension dflab_convolution {
  fileprivate init(_ settings: ConvolutionShape, slope: Float, bf16: Int32) {
    self.init(
      batch: Int32(settings.batch), height: Int32(settings.height), width: Int32(settings.width),
      inputs: Int32(settings.inputs), outputs: Int32(settings.outputs),
      input_step: Int32(settings.inputs), output_step: Int32(settings.outputs),
      kernel_height: Int32(settings.kernelHeight), kernel_width: Int32(settings.kernelWidth),
      stride: Int32(settings.stride), padding: Int32(settings.padding),
      padding_after: Int32(settings.paddingAfter), dilation: Int32(settings.dilation), frames: 1,
      kernel_frames: 1, frame_stride: 1, frame_padding: 0, frame_padding_after: 0, slope: slope,
      bf16: bf16)
  }
}
