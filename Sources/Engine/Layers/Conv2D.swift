/// A two-dimensional convolution: `[N, H, W, I]` to `[N, H', W', O]`.
///
/// The weight is `[O, I / groups, KH, KW]` and the bias `[O]`, as in PyTorch; He-uniform at
/// first (the bias zero). 3x3 at stride 1 and 5x5 at stride 2 run by Winograd's transform
/// (Lavin & Gray 2016) when the channels are multiples of 16, groups and depthwise
/// convolutions through oneDNN, all others as a matrix product over patches.
public struct Conv2D: Layer {
  private let weight: Parameter
  private let bias: Parameter?
  private let shape: ConvolutionSettings
  private let slope: Float
  private let needsInputGradient: Bool

  /// - Parameters:
  ///   - padding: zeros around the picture; by default what keeps the size at stride 1.
  ///   - activation: applied in the same pass; identity, ReLU or leaky ReLU.
  ///   - isFirst: nothing before this layer learns, so `backward` returns an empty tensor.
  ///   - randomness: where the weights at first come from.
  public init(
    inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, padding: Int? = nil,
    dilation: Int = 1, groups: Int = 1, activation: Activation = .identity, bias: Bool = true,
    isFirst: Bool = false, randomness: inout RandomSource
  ) {
    precondition(
      inputs.isMultiple(of: groups) && outputs.isMultiple(of: groups),
      "\(groups) groups of \(inputs) to \(outputs) channels")
    shape = ConvolutionSettings(
      inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
      padding: padding ?? dilation * (kernel - 1) / 2, dilation: dilation, groups: groups)
    let plainShape = [outputs, inputs / groups, kernel, kernel]
    weight = Parameter(
      .heUniform(plainShape, fanIn: inputs / groups * kernel * kernel, from: &randomness),
      layout: groups == 1 ? .panels(plainShape: plainShape) : .plain)
    self.bias = bias ? Parameter(Tensor(zeros: [outputs])) : nil
    slope = activation.fusedSlope
    needsInputGradient = !isFirst
  }

  public var parameters: [NamedParameter] {
    [NamedParameter("weight", weight)] + (bias.map { [NamedParameter("bias", $0)] } ?? [])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let geometry = shape.geometry(of: x)
    let y: Tensor
    if shape.groups > 1 {
      y = Kernels.convolveGroups(x, weight.value, bias?.value, slope: slope, shape)
    } else if geometry.fitsBlocks {
      y = Kernels.convolveBlocks(x, weight.value, bias?.value, slope: slope, geometry)
    } else {
      y = Kernels.convolve(
        x, weight.value, bias?.value, slope: slope, geometry,
        geometry.fitsWinograd && geometry.isWorthWinograd ? .winograd : .patches)
    }
    saved.push(x)
    saved.push(y)
    return y
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (y, x) = (saved.pop(), saved.pop())
    let geometry = shape.geometry(of: x)
    let gradients = ConvolutionGradients(
      needsInput: needsInputGradient, weight: weight, bias: bias)
    if shape.groups > 1 {
      return Kernels.convolveGroupsBackward(
        dy, x, y, weight.value, slope: slope, shape, into: gradients)
    } else if geometry.fitsBlocks {
      return Kernels.convolveBlocksBackward(
        dy, x, y, weight.value, slope: slope, geometry, into: gradients)
    } else {
      return Kernels.convolveBackward(
        dy, x, y, weight.value, slope: slope, geometry,
        geometry.fitsWinograd ? .winograd : .patches, into: gradients)
    }
  }
}

/// What a convolution layer fixes, whatever the batch.
struct ConvolutionSettings: Hashable {
  var inputs: Int
  var outputs: Int
  var kernel: Int
  var stride: Int
  var padding: Int
  var dilation: Int
  var groups: Int

  func geometry(of x: Tensor) -> ConvolutionGeometry {
    precondition(
      x.shape.count == 4 && x.shape[3] == inputs, "\(x.shape) into a convolution of \(inputs)")
    return ConvolutionGeometry(
      batch: x.shape[0], height: x.shape[1], width: x.shape[2], inputs: inputs, outputs: outputs,
      kernelHeight: kernel, kernelWidth: kernel, stride: stride, padding: padding,
      dilation: dilation)
  }
}
