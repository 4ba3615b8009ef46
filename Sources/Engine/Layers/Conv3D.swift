/// A convolution over time and space: `[N, T, H, W, I]` to `[N, T', H', W', O]`.
///
/// The weight is `[O, I, KT, K, K]` and the bias `[O]`, as in PyTorch; He-uniform at first (the bias
/// zero). With one row and one column it is a convolution over time: a sequence `[N, T, C]`,
/// reshaped to `[N, T, 1, 1, C]`, through a kernel of `side` 1. Direct convolution; computed in
/// float32, bfloat16 is widened before and rounded after.
public struct Conv3D: Layer {
  private let weight: Parameter
  private let bias: Parameter?
  private let settings: LayerOperation.Convolution3D
  private let needsInputGradient: Bool

  /// - Parameters:
  ///   - kernel: frames of the kernel, and its rows and columns alike.
  ///   - stride: frames, and pixels, from one window to the next.
  ///   - padding: the zeros around the volume; by default those that keep the size at stride 1.
  ///   - activation: applied in the same pass; identity, ReLU or leaky ReLU.
  ///   - gain: a factor on the initial weights.
  ///   - isFirst: no layer before this one is trained, so `backward` returns an empty tensor.
  ///   - randomness: the source of the initial weights.
  public init(
    inputs: Int, outputs: Int, kernel: VolumeSize, stride: VolumeSize = 1,
    padding: VolumePadding? = nil, activation: Activation = .identity, bias: Bool = true,
    gain: Double = 1, isFirst: Bool = false, randomness: inout RandomSource
  ) {
    settings = LayerOperation.Convolution3D(
      inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
      padding: padding
        ?? .even(VolumeSize(frames: (kernel.frames - 1) / 2, side: (kernel.side - 1) / 2)),
      activation: activation)
    precondition(activation.fusedSlope >= 0)
    precondition(settings.fitsDirect, "no direct convolution over volumes: \(settings)")
    let plainShape = [outputs, inputs, kernel.frames, kernel.side, kernel.side]
    weight = Parameter(
      .heUniform(
        plainShape, fanIn: plainShape.dropFirst().reduce(1, *), gain: gain, from: &randomness),
      layout: .panels(plainShape: plainShape))
    self.bias = bias ? Parameter(Tensor(zeros: [outputs])) : nil
    needsInputGradient = !isFirst
  }

  /// A convolution by a given kernel, which is saved but not trained.
  ///
  /// - Parameters:
  ///   - kernel: `[O, I, KT, K, K]`.
  ///   - bias: `[O]`, not trained either; none if nil.
  ///   - activation: applied in the same pass; identity, ReLU or leaky ReLU.
  public init(
    kernel: Tensor, bias: Tensor?, stride: VolumeSize, padding: VolumePadding,
    activation: Activation
  ) {
    let shape = kernel.shape
    precondition(shape.count == 5 && shape[3] == shape[4], "a kernel of \(shape)")
    settings = LayerOperation.Convolution3D(
      inputs: shape[1], outputs: shape[0], kernel: VolumeSize(frames: shape[2], side: shape[3]),
      stride: stride, padding: padding, activation: activation)
    precondition(activation.fusedSlope >= 0)
    precondition(settings.fitsDirect, "no direct convolution over volumes: \(settings)")
    weight = Parameter(kernel, layout: .panels(plainShape: shape), isTrainable: false)
    self.bias = bias.map { Parameter($0, isTrainable: false) }
    needsInputGradient = true
  }

  /// "weight" and perhaps "bias".
  public var node: LayerNode {
    LayerNode(
      .convolution3D(settings),
      parameters: [NamedParameter("weight", weight)]
        + (bias.map { [NamedParameter("bias", $0)] } ?? []))
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = Kernels.convolveVolume(x, weight.value, bias?.value, settings)
    saved.push(x)
    saved.push(y)
    return y
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (y, x) = (saved.pop(), saved.pop())
    let slope = settings.activation.fusedSlope
    let linear = slope == 1 ? dy : Kernels.activateBackward(dy, kept: y, .leakyReLU(slope))
    return Kernels.convolveVolumeBackward(
      linear, x, weight.value, settings,
      into: ConvolutionGradients(
        needsInput: needsInputGradient, weight: weight.isTrainable ? weight : nil,
        bias: weight.isTrainable ? bias : nil))
  }
}

extension Conv3D {
  /// A linear convolution merged with the batch normalization after it, for inference only; nil for
  /// other nodes.
  init?(_ convolution: LayerNode, normalizedBy norm: LayerNode) {
    guard case .convolution3D(let settings) = convolution.operation,
      settings.activation == .identity, let weight = convolution["weight"],
      let merged = MergedWeights(weight, bias: convolution["bias"], normalizedBy: norm)
    else { return nil }
    self.settings = LayerOperation.Convolution3D(
      inputs: settings.inputs, outputs: settings.outputs, kernel: settings.kernel,
      stride: settings.stride, padding: settings.padding, activation: merged.activation)
    (self.weight, bias) = (merged.weight, merged.bias)
    needsInputGradient = false
  }
}
