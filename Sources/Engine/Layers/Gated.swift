/// A body multiplied by a gate: y = gate(x) · body(x).
///
/// The gate's output has the shape of the body's, or one value per image and channel: `[N, C]` or
/// `[N, 1, 1, C]` (squeeze and excitation, Hu et al. 2018).
public struct Gated: Layer {
  /// The factor.
  public let gate: any Layer
  /// The gated layer.
  public let body: any Layer

  /// - Parameter body: by default the identity, so that the gate scales x itself.
  public init(gate: any Layer, body: any Layer = Activate(.identity)) {
    self.gate = gate
    self.body = body
  }

  /// A product of "gate" and "body".
  public var node: LayerNode {
    LayerNode(.product, children: [("gate", gate), ("body", body)])
  }

  /// gate(x) · body(x), of the body's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let gates = gate.forward(x, saving: &saved)
    let values = body.forward(x, saving: &saved)
    saved.push(gates)
    saved.push(values)
    return gated(values, by: gates)
  }

  /// The sum of both paths' gradients.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let values = saved.pop()
    let gates = saved.pop()
    let dgates = gateGradient(dy, values, shape: gates.shape).converted(to: gates.precision)
    let dx = body.backward(gated(dy, by: gates), from: &saved)
    return Kernels.sum(dx, gate.backward(dgates, from: &saved))
  }

  private func gated(_ values: Tensor, by gates: Tensor) -> Tensor {
    if gates.shape == values.shape { return Kernels.product(values, gates) }
    let (images, channels) = (values.shape[0], values.rowLength)
    precondition(
      gates.shape.first == images && gates.rowLength == channels && gates.rowCount == images,
      "a gate of \(gates.shape) for \(values.shape)")
    let zero = Tensor(zeros: [images, channels])
    return Kernels.standardize(
      values.converted(to: .float32), mean: zero, scale: gates.converted(to: .float32),
      shift: zero, groups: images
    ).converted(to: values.precision)
  }

  private func gateGradient(_ dy: Tensor, _ values: Tensor, shape: [Int]) -> Tensor {
    if shape == values.shape { return Kernels.product(dy, values) }
    let channels = values.rowLength
    let sums = Kernels.channelProducts(
      values.converted(to: .float32), mean: Tensor(zeros: [values.shape[0], channels]),
      dy.converted(to: .float32), groups: values.shape[0])
    return Tensor(shape) { sums[($0 / channels * 2 + 1) * channels + $0 % channels] }
  }
}
