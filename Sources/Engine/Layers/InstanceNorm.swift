/// Normalizes each channel of each image separately: `[N, H, W, C]`.
///
/// Instance normalization, Ulyanov, Vedaldi & Lempitsky 2016.
public struct InstanceNorm: Layer {
  /// The scale of the normalized values, `[C]`; nil for none.
  public let gain: Parameter?
  /// The offset of the scaled values, `[C]`; nil for none.
  public let shift: Parameter?
  private let epsilon: Float

  /// - Parameters:
  ///   - affine: whether gain and shift are learned.
  ///   - epsilon: added to the variance.
  public init(channels: Int, affine: Bool = false, epsilon: Float = 1e-5) {
    gain = affine ? Parameter(Tensor([channels]) { _ in 1 }) : nil
    shift = affine ? Parameter(Tensor(zeros: [channels])) : nil
    self.epsilon = epsilon
  }

  /// "weight" and "bias", or nothing.
  public var node: LayerNode {
    let names = [("weight", gain), ("bias", shift)]
    return LayerNode(
      .instanceNormalization(epsilon: epsilon),
      parameters: names.compactMap { name, given in given.map { NamedParameter(name, $0) } })
  }

  /// The normalized values, of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let wide = x.converted(to: .float32)
    let (mean, variance) = Kernels.channelStatistics(wide, groups: x.shape[0])
    let inverse = Tensor(variance.shape) { 1 / (variance[$0] + epsilon).squareRoot() }
    saved.push(x)
    saved.push(mean)
    saved.push(inverse)
    let channels = x.rowLength
    return Kernels.standardize(
      wide, mean: mean, scale: scale(inverse),
      shift: Tensor(mean.shape) { shift?.value[$0 % channels] ?? 0 }, groups: x.shape[0]
    ).converted(to: x.precision)
  }

  /// Includes the gradient through each image's mean and variance.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (inverse, mean) = (saved.pop(), saved.pop())
    let x = saved.pop().converted(to: .float32)
    let wide = dy.converted(to: .float32)
    let (images, channels) = (x.shape[0], x.rowLength)
    let products = Kernels.channelProducts(x, mean: mean, wide, groups: images)
    let sum = { (index: Int) in products[index / channels * 2 * channels + index % channels] }
    let product = { (index: Int) in
      products[(index / channels * 2 + 1) * channels + index % channels]
    }
    for image in 0..<images {
      let start = image * channels
      gain?.gradient.add { product(start + $0) * inverse[start + $0] }
      shift?.gradient.add { sum(start + $0) }
    }
    let share = Float(images) / Float(max(1, x.rowCount))
    return Kernels.standardizeBackward(
      wide, x: x, mean: mean,
      base: Tensor(mean.shape) { share * sum($0) },
      slope: Tensor(mean.shape) { share * product($0) * inverse[$0] * inverse[$0] },
      scale: scale(inverse), groups: images
    ).converted(to: dy.precision)
  }

  private func scale(_ inverse: Tensor) -> Tensor {
    let channels = inverse.shape[1]
    return Tensor(inverse.shape) { inverse[$0] * (gain?.value[$0 % channels] ?? 1) }
  }
}
