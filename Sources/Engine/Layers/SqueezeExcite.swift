/// Scales each channel of each image by a function of all channels' means.
///
/// Squeeze and excitation (Hu, Shen & Sun 2018): y = x · σ(expand(SiLU(reduce(mean of x)))), with
/// two dense layers. The shape `[N, H, W, C]` is kept.
public struct SqueezeExcite: Layer {
  private let gate: Sequential

  /// - Parameters:
  ///   - squeezed: the width of the bottleneck.
  ///   - randomness: the source of the initial weights.
  public init(channels: Int, squeezed: Int, randomness: inout RandomSource) {
    gate = Sequential([
      "reduce": Dense(inputs: channels, outputs: squeezed, randomness: &randomness),
      "silu": Activate(.silu),
      "expand": Dense(inputs: squeezed, outputs: channels, randomness: &randomness),
      "sigmoid": Activate(.sigmoid),
    ])
  }

  /// The gate, a chain of "reduce", "silu", "expand" and "sigmoid".
  public var node: LayerNode { LayerNode(.squeezeExcitation, children: [("", gate)]) }

  /// x, each channel of each image times its gate.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let wide = x.converted(to: .float32)
    let sums = Kernels.channelSums(wide, groups: x.shape[0])
    let share = 1 / Float(max(1, x.rowCount / max(1, x.shape[0])))
    let gates = gate.forward(Tensor(sums.shape) { sums[$0] * share }, saving: &saved)
    saved.push(x)
    saved.push(gates)
    return Kernels.scaled(wide, by: gates).converted(to: x.precision)
  }

  /// Includes the gradient through the means and gates.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (gates, kept) = (saved.pop(), saved.pop())
    let (dy, x) = (dy.converted(to: .float32), kept.converted(to: .float32))
    let (images, channels) = (x.shape[0], x.rowLength)
    let products = Kernels.channelProducts(
      x, mean: Tensor(zeros: [images, channels]), dy, groups: images)
    let dgates = Tensor([images, channels]) {
      products[($0 / channels * 2 + 1) * channels + $0 % channels]
    }
    let dmeans = gate.backward(dgates, from: &saved)
    let share = 1 / Float(max(1, x.rowCount / max(1, images)))
    return Kernels.scaled(
      dy, by: gates, plus: Tensor(dmeans.shape) { dmeans[$0] * share }
    ).converted(to: kept.precision)
  }
}
