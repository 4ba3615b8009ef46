/// A two-dimensional convolution: `[N, H, W, I]` to `[N, H', W', O]`.
///
/// The weight is `[O, I / groups, KH, KW]` and the bias `[O]`, as in PyTorch; He-uniform at
/// first (the bias zero). 3x3 at stride 1 and 5x5 at stride 2 run by Winograd's transform
/// (Lavin & Gray 2016) when the inputs are a multiple of 16 and the outputs at least 8; up to
/// four outputs over blocks of 2x2 pixels; groups and depthwise convolutions through oneDNN;
/// all others as a matrix product over patches.
public struct Conv2D: Layer {
  private let weight: Parameter
  private let bias: Parameter?
  private let stride, padding, dilation, groups: Int
  private let slope: Float
  private let needsInputGradient: Bool

  /// - Parameters:
  ///   - padding: zeros around the picture; by default what keeps the size at stride 1.
  ///   - activation: applied in the same pass; identity, ReLU or leaky ReLU.
  ///   - gain: what the weights at first are multiplied with.
  ///   - isFirst: nothing before this layer learns, so `backward` returns an empty tensor.
  ///   - randomness: where the weights at first come from.
  public init(
    inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, padding: Int? = nil,
    dilation: Int = 1, groups: Int = 1, activation: Activation = .identity, bias: Bool = true,
    gain: Double = 1, isFirst: Bool = false, randomness: inout RandomSource
  ) {
    precondition(
      inputs.isMultiple(of: groups) && outputs.isMultiple(of: groups),
      "\(groups) groups of \(inputs) to \(outputs) channels")
    self.stride = stride
    self.padding = padding ?? dilation * (kernel - 1) / 2
    self.dilation = dilation
    self.groups = groups
    let plainShape = [outputs, inputs / groups, kernel, kernel]
    weight = Parameter(
      .heUniform(
        plainShape, fanIn: inputs / groups * kernel * kernel, gain: gain, from: &randomness),
      layout: groups == 1 ? .panels(plainShape: plainShape) : .plain)
    self.bias = bias ? Parameter(Tensor(zeros: [outputs])) : nil
    slope = activation.fusedSlope
    needsInputGradient = !isFirst
  }

  public var parameters: [NamedParameter] {
    [NamedParameter("weight", weight)] + (bias.map { [NamedParameter("bias", $0)] } ?? [])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let shape = shape(of: x)
    let y: Tensor
    if groups > 1 {
      y = Kernels.convolveGroups(x, weight.value, bias?.value, slope: slope, shape)
    } else if shape.fitsBlocks {
      y = Kernels.convolveBlocks(x, weight.value, bias?.value, slope: slope, shape)
    } else {
      y = Kernels.convolve(
        x, weight.value, bias?.value, slope: slope, shape,
        shape.fitsWinograd && shape.isWorthWinograd ? .winograd : .patches)
    }
    saved.push(x)
    saved.push(y)
    return y
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (y, x) = (saved.pop(), saved.pop())
    let shape = shape(of: x)
    let gradients = ConvolutionGradients(
      needsInput: needsInputGradient, weight: weight, bias: bias)
    if groups > 1 {
      return Kernels.convolveGroupsBackward(
        dy, x, y, weight.value, slope: slope, shape, into: gradients)
    } else if shape.fitsBlocks {
      return Kernels.convolveBlocksBackward(
        dy, x, y, weight.value, slope: slope, shape, into: gradients)
    } else {
      return Kernels.convolveBackward(
        dy, x, y, weight.value, slope: slope, shape,
        shape.fitsWinograd ? .winograd : .patches, into: gradients)
    }
  }

  private func shape(of x: Tensor) -> ConvolutionShape {
    let plain = weight.plainShape
    precondition(
      x.shape.count == 4 && x.shape[3] == plain[1] * groups,
      "\(x.shape) into a convolution of \(plain[1] * groups) channels")
    return ConvolutionShape(
      batch: x.shape[0], height: x.shape[1], width: x.shape[2], inputs: x.shape[3],
      outputs: plain[0], kernel: (plain[2], plain[3]), stride: stride, padding: padding,
      dilation: dilation, groups: groups)
  }
}
