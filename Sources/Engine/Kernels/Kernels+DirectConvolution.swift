private import CKernels

extension ConvolutionShape {
  /// Whether direct convolution applies: no groups, and few enough taps.
  var fitsDirect: Bool {
    groups == 1 && kernelHeight * kernelWidth <= Int(DFLAB_DIRECT_CONVOLUTION_MOST_TAPS)
  }
}

/// Direct convolution (`direct_convolution.c`), for 1×1 kernels and those that Winograd does not cover.
///
/// With bfloat16, products are of bfloat16 and sums float32.
extension Kernels {
  /// y = activation(x * weight + bias + addend), where `addend` has the output's shape.
  static func convolveDirect(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation,
    _ settings: ConvolutionShape, adding addend: Tensor? = nil
  ) -> Tensor {
    precondition(addend?.shape ?? settings.outputShape == settings.outputShape)
    let addend = addend?.converted(to: .float32)
    let source = x.converted(to: .float32)
    let y = Tensor(uninitialized: settings.outputShape)
    var shape = dflab_convolution(direct: settings, x.precision)
    let scratch = Tensor(uninitialized: [unsafe dflab_direct_convolution_scratch(&shape)])
    let (kind, slope) = activation == .identity ? (0, 0) : code(activation)
    unsafe dflab_direct_convolution_forward(
      &shape, source.floats, weight.floats, bias?.floats, addend?.floats, kind, slope, y.floats,
      scratch.floats)
    return y.converted(to: x.precision)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  ///
  /// - Parameter dy: the gradient before the activation.
  static func convolveDirectBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ settings: ConvolutionShape,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    directGradients(
      dy, x, weight, dflab_convolution(direct: settings, x.precision), into: gradients)
  }

  private static func directGradients(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ shape: dflab_convolution,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    var shape = shape
    let (source, slope) = (x.converted(to: .float32), dy.converted(to: .float32))
    let scratch = Tensor(uninitialized: [unsafe dflab_direct_convolution_scratch(&shape)])
    if let weight = gradients.weight {
      weight.gradient.makeUnique()
      unsafe dflab_direct_convolution_backward_weights(
        &shape, source.floats, slope.floats, weight.gradient.floats, scratch.floats)
    }
    if let bias = gradients.bias {
      let sums = channelSums(slope, groups: 1)
      bias.gradient.add { sums[$0] }
    }
    let dx = Tensor(uninitialized: gradients.needsInput ? x.shape : [0])
    if gradients.needsInput {
      unsafe dflab_direct_convolution_backward_data(
        &shape, slope.floats, weight.floats, dx.floats, scratch.floats)
    }
    return dx.converted(to: x.precision)
  }
}

extension dflab_convolution {
  init(direct settings: ConvolutionShape, _ precision: Precision = .float32) {
    self.init(
      batch: Int32(settings.batch), height: Int32(settings.height), width: Int32(settings.width),
      inputs: Int32(settings.inputs), outputs: Int32(settings.outputs),
      input_step: Int32(settings.inputs), output_step: Int32(settings.outputs),
      kernel_height: Int32(settings.kernelHeight), kernel_width: Int32(settings.kernelWidth),
      stride: Int32(settings.stride), padding: Int32(settings.padding),
      padding_after: Int32(settings.paddingAfter), dilation: Int32(settings.dilation), frames: 1,
      kernel_frames: 1, frame_stride: 1, frame_padding: 0, frame_padding_after: 0, slope: 1,
      bf16: precision == .bfloat16 ? 1 : 0)
  }
}

extension LayerOperation.Convolution3D {
  /// Where the kernel lies.
  var window: VolumeWindow { VolumeWindow(kernel: kernel, stride: stride, padding: padding) }

  /// The output shape for an input of the shape `[N, T, H, W, I]`.
  func output(of shape: [Int]) -> [Int] {
    precondition(shape.last == inputs, "\(shape) into a convolution of \(inputs) channels")
    return window.output(of: shape).dropLast() + [outputs]
  }

  /// Whether direct convolution has few enough taps in each pass.
  public var fitsDirect: Bool {
    // Few channels are read a row of taps at a time.
    let forward = kernel.frames * kernel.side * (inputs < 8 ? 1 : kernel.side)
    func reaching(_ kernel: Int, _ stride: Int) -> Int { (kernel + stride - 1) / stride }
    let side = reaching(kernel.side, stride.side)
    return max(forward, reaching(kernel.frames, stride.frames) * side * side)
      <= Int(DFLAB_DIRECT_CONVOLUTION_MOST_TAPS)
  }
}

/// Convolution over volumes `[N, T, H, W, C]` (`direct_convolution.c`).
///
/// With bfloat16, products are of bfloat16 and sums float32.
extension Kernels {
  /// y = activation(x * weight + bias).
  static func convolveVolume(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ settings: LayerOperation.Convolution3D
  ) -> Tensor {
    let source = x.converted(to: .float32)
    let y = Tensor(uninitialized: settings.output(of: x.shape))
    var shape = dflab_convolution(settings, of: x)
    let scratch = Tensor(uninitialized: [unsafe dflab_direct_convolution_scratch(&shape)])
    let (kind, slope) =
      settings.activation == .identity ? (0, 0) : code(settings.activation)
    unsafe dflab_direct_convolution_forward(
      &shape, source.floats, weight.floats, bias?.floats, nil, kind, slope, y.floats,
      scratch.floats)
    return y.converted(to: x.precision)
  }

  /// The gradient at x (empty unless wanted); adds those of weight and bias.
  ///
  /// - Parameter dy: the gradient before the activation.
  static func convolveVolumeBackward(
    _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ settings: LayerOperation.Convolution3D,
    into gradients: ConvolutionGradients
  ) -> Tensor {
    directGradients(
      dy, x, weight, dflab_convolution(settings, of: x), into: gradients)
  }
}

extension dflab_convolution {
  fileprivate init(_ settings: LayerOperation.Convolution3D, of x: Tensor) {
    let input = x.shape
    let around = settings.window.around(input)
    precondition(around[1] == around[2], "padding 'same' of \(input), which is no square")
    self.init(
      batch: Int32(input[0]), height: Int32(input[2]), width: Int32(input[3]),
      inputs: Int32(settings.inputs), outputs: Int32(settings.outputs),
      input_step: Int32(settings.inputs), output_step: Int32(settings.outputs),
      kernel_height: Int32(settings.kernel.side), kernel_width: Int32(settings.kernel.side),
      stride: Int32(settings.stride.side), padding: Int32(around[1].before),
      padding_after: Int32(around[1].after), dilation: 1, frames: Int32(input[1]),
      kernel_frames: Int32(settings.kernel.frames), frame_stride: Int32(settings.stride.frames),
      frame_padding: Int32(around[0].before), frame_padding_after: Int32(around[0].after), slope: 1,
      bf16: x.precision == .bfloat16 ? 1 : 0)
  }
}
