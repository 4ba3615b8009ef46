/// A fully connected layer: `[N, I]` to `[N, O]`.
///
/// The weight is `[O, I]` and the bias `[O]`, as in PyTorch; initially He-uniform (the bias zero).
public struct Dense: Layer {
  private let weight: Parameter
  private let bias: Parameter
  private let activation: Activation

  /// - Parameters:
  ///   - activation: applied in the same pass; identity, ReLU or leaky ReLU.
  ///   - gain: a factor on the initial weights.
  ///   - randomness: the source of the initial weights.
  public init(
    inputs: Int, outputs: Int, activation: Activation = .identity, gain: Double = 1,
    randomness: inout RandomSource
  ) {
    let shape = [outputs, inputs]
    precondition(activation.fusedSlope >= 0)
    weight = Parameter(
      .heUniform(shape, fanIn: inputs, gain: gain, from: &randomness),
      layout: .panels(plainShape: shape))
    bias = Parameter(Tensor(zeros: [outputs]))
    self.activation = activation
  }

  /// "weight" and "bias".
  public var node: LayerNode {
    let shape = weight.plainShape
    return LayerNode(
      .dense(inputs: shape[1], outputs: shape[0], activation: activation),
      parameters: [NamedParameter("weight", weight), NamedParameter("bias", bias)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let shape = shape(of: x)
    let y = Kernels.convolve(
      x, weight.value, bias.value, slope: activation.fusedSlope, shape, .im2col
    ).reshaped(to: [shape.batch, shape.outputs])
    saved.push(x)
    saved.push(y)
    return y
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (y, x) = (saved.pop(), saved.pop())
    return Kernels.convolveBackward(
      dy, x, y, weight.value, slope: activation.fusedSlope, shape(of: x), .im2col,
      into: ConvolutionGradients(needsInput: true, weight: weight, bias: bias))
  }

  /// A dense layer is a convolution over one pixel.
  private func shape(of x: Tensor) -> ConvolutionShape {
    let plain = weight.plainShape
    precondition(x.shape.count == 2 && x.shape[1] == plain[1], "\(x.shape) into Dense \(plain)")
    return ConvolutionShape(
      batch: x.shape[0], height: 1, width: 1, inputs: plain[1], outputs: plain[0], kernel: (1, 1))
  }
}

extension Tensor {
  /// Uniform over ± gain · √(6 / fan-in).
  ///
  /// With a gain of 1, layers with ReLU preserve the variance (He, Zhang, Ren & Sun 2015); a gain of 0
  /// gives zeros, for weights that are set afterwards.
  static func heUniform(
    _ shape: [Int], fanIn: Int, gain: Double, from randomness: inout RandomSource
  ) -> Tensor {
    let bound = gain * (6 / Double(fanIn)).squareRoot()
    var result = Tensor(zeros: shape)
    guard bound > 0 else { return result }
    result.write { values in
      for i in values.indices { values[i] = Float(randomness.uniform(-bound...bound)) }
    }
    return result
  }
}
