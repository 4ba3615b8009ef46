/// A two-dimensional convolution: `[N, H, W, I]` to `[N, H', W', O]`.
///
/// The weight is `[O, I / groups, KH, KW]` and the bias `[O]`, as in PyTorch; He-uniform at
/// first (the bias zero). 3×3 at stride 1 and 5×5 at stride 2 run by Winograd's transform
/// (Lavin & Gray 2016) when the inputs are a multiple of 16 and the outputs at least 8, unless the
/// processor has tiles that are faster; up to four outputs by space to depth; few channels by vectors of pixels; the others by direct convolution or, with more than 64 taps,
/// by im2col. Depthwise convolutions of 3×3, 5×5 and 7×7 have kernels of their own, groups of as many
/// inputs as outputs run as blocks of 16 channels or more, other groups through oneDNN.
public struct Conv2D: Layer {
  private let weight: Parameter
  private let bias: Parameter?
  private var settings: LayerOperation.Convolution
  private let needsInputGradient: Bool

  /// - Parameters:
  ///   - padding: the zeros around the image; by default those that keep the size at stride 1.
  ///   - activation: applied in the same pass; identity, ReLU or leaky ReLU.
  ///   - gain: a factor on the initial weights.
  ///   - isFirst: no layer before this one is trained, so `backward` returns an empty tensor.
  ///   - randomness: the source of the initial weights.
  public init(
    inputs: Int, outputs: Int, kernel: Int, stride: Int = 1,
    padding: LayerOperation.Padding? = nil,
    dilation: Int = 1, groups: Int = 1, activation: Activation = .identity, bias: Bool = true,
    gain: Double = 1, isFirst: Bool = false, randomness: inout RandomSource
  ) {
    precondition(
      inputs.isMultiple(of: groups) && outputs.isMultiple(of: groups),
      "\(groups) groups of \(inputs) to \(outputs) channels")
    settings = LayerOperation.Convolution(
      inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
      padding: padding ?? .even(dilation * (kernel - 1) / 2), dilation: dilation, groups: groups,
      activation: activation)
    let plainShape = [outputs, inputs / groups, kernel, kernel]
    weight = Parameter(
      .heUniform(
        plainShape, fanIn: inputs / groups * kernel * kernel, gain: gain, from: &randomness),
      layout: Conv2D.layout(settings))
    self.bias = bias ? Parameter(Tensor(zeros: [outputs])) : nil
    precondition(activation.fusedSlope >= 0)
    needsInputGradient = !isFirst
  }

  /// A convolution by a given kernel, which is saved but not trained.
  ///
  /// - Parameters:
  ///   - kernel: `[O, I / groups, K, K]`.
  ///   - bias: `[O]`, not trained either; none if nil.
  ///   - padding: the zeros around the image; by default those that keep the size at stride 1.
  public init(
    kernel: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: LayerOperation.Padding? = nil,
    dilation: Int = 1, groups: Int = 1
  ) {
    let shape = kernel.shape
    precondition(
      shape.count == 4 && shape[2] == shape[3] && shape[0].isMultiple(of: groups),
      "a kernel of \(shape) in \(groups) groups")
    settings = LayerOperation.Convolution(
      inputs: shape[1] * groups, outputs: shape[0], kernel: shape[2], stride: stride,
      padding: padding ?? .even(dilation * (shape[2] - 1) / 2), dilation: dilation, groups: groups)
    weight = Parameter(kernel, layout: Conv2D.layout(settings), isTrainable: false)
    self.bias = bias.map { Parameter($0, isTrainable: false) }
    needsInputGradient = true
  }

  /// The order of the weights that the kernels of the convolution read.
  private static func layout(_ settings: LayerOperation.Convolution) -> ParameterLayout {
    let (reach, groups) = (settings.dilation * settings.kernel, settings.groups)
    let shape = ConvolutionShape(settings, of: [1, reach, reach, settings.inputs])
    if groups == 1 { return .panels(plainShape: shape.weightShape) }
    if shape.fitsDepthwise { return .channelsLast(plainShape: shape.weightShape) }
    return shape.fitsBlocks ? .blocks(plainShape: shape.weightShape, groups: groups) : .plain
  }

  /// "weight" and perhaps "bias".
  public var node: LayerNode {
    LayerNode(
      .convolution(settings),
      parameters: [NamedParameter("weight", weight)]
        + (bias.map { [NamedParameter("bias", $0)] } ?? []))
  }

  private var activation: Activation { settings.activation }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let shape = ConvolutionShape(settings, of: x.shape)
    let bias = bias?.value
    let y: Tensor
    switch ConvolutionAlgorithm(shape, x.precision) {
    case .depthwise:
      y = Kernels.convolveDepthwise(x, weight.value, bias, activation, shape)
    case .blocks:
      y = sloped { Kernels.convolveBlocks(x, weight.value, bias, slope: $0, shape) }
    case .grouped:
      y = sloped { Kernels.convolveGrouped(x, weight.value, bias, slope: $0, shape) }
    case .spaceToDepth:
      y = sloped { Kernels.convolveSpaceToDepth(x, weight.value, bias, slope: $0, shape) }
    case .winograd where shape.isWorthWinograd:
      y = sloped { Kernels.convolve(x, weight.value, bias, slope: $0, shape, .winograd) }
    case .narrow:
      y = sloped { Kernels.convolveNarrow(x, weight.value, bias, slope: $0, shape) }
    case .winograd, .direct:
      y = Kernels.convolveDirect(x, weight.value, bias, activation, shape)
    case .im2col:
      y = sloped { Kernels.convolve(x, weight.value, bias, slope: $0, shape, .im2col) }
    }
    saved.push(x)
    saved.push(y)
    return y
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (y, x) = (saved.pop(), saved.pop())
    let shape = ConvolutionShape(settings, of: x.shape)
    let (slope, weights) = (activation.fusedSlope, weight.value)
    let isTrained = weight.isTrainable
    let gradients = ConvolutionGradients(
      needsInput: needsInputGradient, weight: isTrained ? weight : nil,
      bias: isTrained ? bias : nil)
    func linear() -> Tensor {
      slope == 1 ? dy : Kernels.activateBackward(dy, kept: y, .leakyReLU(slope))
    }
    switch ConvolutionAlgorithm(shape, x.precision) {
    case .depthwise:
      return Kernels.convolveDepthwiseBackward(linear(), x, weights, shape, into: gradients)
    case .blocks:
      return Kernels.convolveBlocksBackward(linear(), x, weights, shape, into: gradients)
    case .grouped:
      return Kernels.convolveGroupedBackward(linear(), x, weights, shape, into: gradients)
    case .spaceToDepth:
      return Kernels.convolveSpaceToDepthBackward(
        dy, x, y, weights, slope: slope, shape, into: gradients)
    case .winograd:
      return Kernels.convolveBackward(
        dy, x, y, weights, slope: slope, shape, .winograd, into: gradients)
    case .narrow:
      return Kernels.convolveNarrowBackward(linear(), x, weights, shape, into: gradients)
    case .direct:
      return Kernels.convolveDirectBackward(linear(), x, weights, shape, into: gradients)
    case .im2col:
      return Kernels.convolveBackward(
        dy, x, y, weights, slope: slope, shape, .im2col, into: gradients)
    }
  }

  /// activation(this convolution of `x` + `addend`), in inference: one pass over memory where the convolution
  /// is direct.
  ///
  /// - Parameter addend: of the output's shape; nil for none. This convolution has no activation of its own.
  public func callAsFunction(
    _ x: Tensor, adding addend: Tensor?, _ activation: Activation
  ) -> Tensor {
    precondition(self.activation == .identity, "an activation before the sum")
    let shape = ConvolutionShape(settings, of: x.shape)
    return Kernels.withTiles {
      var saved = Saved(.inference)
      switch (ConvolutionAlgorithm(shape, x.precision), activation) {
      case (.direct, _),
        (.winograd, _) where !shape.isWorthWinograd:
        return Kernels.convolveDirect(
          x, weight.value, bias?.value, activation, shape, adding: addend)
      case (_, .identity), (_, .relu), (_, .leakyReLU):
        guard addend == nil else { fallthrough }
        var fused = self
        fused.settings.activation = activation
        return fused.forward(x, saving: &saved)
      default:
        let y = forward(x, saving: &saved)
        return (addend.map { Kernels.sum(y, $0) } ?? y).activated(activation)
      }
    }
  }

  /// The result of `body` with the fused activation's slope, followed by any activation that cannot
  /// be fused.
  private func sloped(_ body: (Float) -> Tensor) -> Tensor {
    switch activation {
    case .identity, .relu, .leakyReLU: body(activation.fusedSlope)
    default: activated(body(1))
    }
  }

  private func activated(_ y: Tensor) -> Tensor {
    activation == .identity ? y : Kernels.activate(y, activation)
  }
}

extension Conv2D {
  /// A linear convolution merged with the batch normalization after it, for inference only; nil for
  /// other nodes.
  ///
  /// Running statistics are constants in inference: they scale the weights and become a bias. The
  /// result has no backward pass.
  init?(_ convolution: LayerNode, normalizedBy norm: LayerNode) {
    guard case .convolution(let settings) = convolution.operation,
      settings.activation == .identity, let weight = convolution["weight"],
      let merged = MergedWeights(weight, bias: convolution["bias"], normalizedBy: norm)
    else { return nil }
    self.settings = settings
    self.settings.activation = merged.activation
    (self.weight, bias) = (merged.weight, merged.bias)
    needsInputGradient = false
  }
}

/// The weights of a linear convolution that include the batch normalization after it.
struct MergedWeights {
  let weight, bias: Parameter
  /// The activation of the normalized values.
  let activation: Activation

  /// Copies, scaled by the running statistics; nil where `norm` is no batch normalization.
  init?(_ weight: Parameter, bias: Parameter?, normalizedBy norm: LayerNode) {
    guard case .batchNormalization(let epsilon, _, let activation) = norm.operation,
      let gain = norm["weight"]?.value, let shift = norm["bias"]?.value,
      let mean = norm["running_mean"]?.value, let variance = norm["running_var"]?.value
    else { return nil }
    let scale = Tensor(gain.shape) { 1 / (variance[$0] + epsilon).squareRoot() * gain[$0] }
    var weights = weight.plain
    let size = weights.count / scale.count
    weights.write { values in
      for index in values.indices { values[index] *= scale[index / size] }
    }
    let start = bias?.value
    let constant = Tensor(scale.shape) { shift[$0] - mean[$0] * scale[$0] }
    self.weight = Parameter(weights, layout: weight.layout, isTrainable: false)
    self.bias = Parameter(
      Tensor(scale.shape) { (start?[$0] ?? 0) * scale[$0] + constant[$0] }, isTrainable: false)
    self.activation = activation
  }
}
