/// Self-attention between the pixels of an image.
///
/// As in SAGAN (Zhang et al. 2019): y = x + gain · softmax(query(x) key(x)ᵀ) value(x), with 1×1
/// convolutions to an eighth of the channels for query and key, and to all for the value; the gain
/// is initially 0. The shape `[N, H, W, C]` is kept.
public struct SelfAttention: Layer {
  private let query, key, value: Conv2D
  private let gain: Parameter

  /// - Parameters:
  ///   - channels: 8 or more.
  ///   - randomness: the source of the initial weights.
  public init(channels: Int, randomness: inout RandomSource) {
    precondition(channels >= 8, "self-attention over \(channels) channels")
    query = Conv2D(inputs: channels, outputs: channels / 8, kernel: 1, randomness: &randomness)
    key = Conv2D(inputs: channels, outputs: channels / 8, kernel: 1, randomness: &randomness)
    value = Conv2D(inputs: channels, outputs: channels, kernel: 1, randomness: &randomness)
    gain = Parameter(Tensor(zeros: [1]))
  }

  /// "query", "key" and "value", and the parameter "gain", `[1]`.
  public var node: LayerNode {
    LayerNode(
      .selfAttention, parameters: [NamedParameter("gain", gain)],
      children: [("query", query), ("key", key), ("value", value)])
  }

  /// x plus the attention.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let q = pixels(of: query.forward(x, saving: &saved))
    let k = pixels(of: key.forward(x, saving: &saved))
    let v = pixels(of: value.forward(x, saving: &saved))
    let shares = Kernels.softmax(Kernels.products(q, k, .secondTurned))
    let taken = Kernels.products(shares, v, .plain)
    for tensor in [q, k, v, shares, taken] { saved.push(tensor) }
    return Kernels.sum(
      x.converted(to: .float32), taken.reshaped(to: x.shape), times: gain.value[0]
    ).converted(to: x.precision)
  }

  /// Through the sum, the attention weights and the three convolutions.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (taken, shares, v) = (saved.pop(), saved.pop(), saved.pop())
    let (k, q) = (saved.pop(), saved.pop())
    let wide = pixels(of: dy)
    let product = Kernels.sumOfProducts(wide, taken)
    gain.gradient.add { _ in product }
    let dtaken = Kernels.sum(Tensor(zeros: wide.shape), wide, times: gain.value[0])
    let dv = Kernels.products(shares, dtaken, .firstTurned)
    let dscores = Kernels.softmaxBackward(Kernels.products(dtaken, v, .secondTurned), y: shares)
    let dq = Kernels.products(dscores, k, .plain)
    let dk = Kernels.products(dscores, q, .firstTurned)
    let places = Array(dy.shape.dropLast())
    func picture(_ gradient: Tensor) -> Tensor {
      gradient.reshaped(to: places + [gradient.rowLength]).converted(to: dy.precision)
    }
    let parts = [
      value.backward(picture(dv), from: &saved), key.backward(picture(dk), from: &saved),
      query.backward(picture(dq), from: &saved),
    ]
    return parts.reduce(dy) { Kernels.sum($0, $1) }
  }

  /// `[N, H, W, C]` as `[N, H · W, C]`, float32.
  private func pixels(of x: Tensor) -> Tensor {
    x.converted(to: .float32).reshaped(to: [x.shape[0], x.shape[1] * x.shape[2], x.rowLength])
  }
}
