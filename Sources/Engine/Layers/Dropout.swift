/// In training, zeroes random values and scales the others up to keep the mean.
///
/// Random numbers come from `Saved.randomness`: the same source drops the same values on any number
/// of threads.
public struct Dropout: Layer {
  /// The probability of dropping a value.
  public let probability: Float

  /// - Parameter probability: 0 ..< 1.
  public init(_ probability: Float) {
    precondition(probability >= 0 && probability < 1, "dropout of \(probability)")
    self.probability = probability
  }

  /// The probability.
  public var node: LayerNode { LayerNode(.dropout(probability: probability)) }

  /// 0 or x / (1 − probability); x itself unless training.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    guard isActive(saved) else { return x }
    let seed = saved.randomness.next()
    // The backward pass needs only the seed to drop the same values.
    saved.push(shape: [Int(bitPattern: UInt(seed))])
    return dropped(x, seed: seed, saved.share)
  }

  /// The gradient of what was kept.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    guard isActive(saved) else { return dy }
    return dropped(dy, seed: UInt64(UInt(bitPattern: saved.popShape()[0])), saved.share)
  }

  private func isActive(_ saved: Saved) -> Bool { saved.mode == .training && probability > 0 }

  private func dropped(_ x: Tensor, seed: UInt64, _ share: BatchShare?) -> Tensor {
    let row = x.count / max(1, x.shape[0])
    return Kernels.dropout(
      x.converted(to: .float32), probability: probability, seed: seed,
      first: (share?.rowsBefore(x) ?? 0) * row
    ).converted(to: x.precision)
  }
}

/// In training, zeroes random images and scales the others up to keep the mean.
///
/// At the end of a residual block's body it skips the block (Huang et al. 2016). Random numbers
/// come from `Saved.randomness`.
public struct StochasticDepth: Layer {
  /// The probability of zeroing an image.
  public let probability: Float

  /// - Parameter probability: 0 ..< 1.
  public init(_ probability: Float) {
    precondition(probability >= 0 && probability < 1, "a stochastic depth of \(probability)")
    self.probability = probability
  }

  /// The probability.
  public var node: LayerNode { LayerNode(.stochasticDepth(probability: probability)) }

  /// 0 or x / (1 − probability) of each image; x itself unless training.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    guard isActive(saved) else { return x }
    let seed = saved.randomness.next()
    saved.push(shape: [Int(bitPattern: UInt(seed))])
    return thinned(x, seed: seed, saved.share)
  }

  /// The gradient of the images that were kept.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    guard isActive(saved) else { return dy }
    return thinned(dy, seed: UInt64(UInt(bitPattern: saved.popShape()[0])), saved.share)
  }

  private func isActive(_ saved: Saved) -> Bool { saved.mode == .training && probability > 0 }

  private func thinned(_ x: Tensor, seed: UInt64, _ share: BatchShare?) -> Tensor {
    var chance = RandomSource(seed: seed)
    for _ in 0..<(share?.rowsBefore(x) ?? 0) { _ = chance.next() }
    let factors = (0..<x.shape[0]).map { _ -> Float in
      chance.uniform() < Double(probability) ? 0 : 1 / (1 - probability)
    }
    let shape = [x.shape[0], x.rowLength]
    return Kernels.scaled(
      x.converted(to: .float32), by: Tensor(shape) { factors[$0 / shape[1]] }
    ).converted(to: x.precision)
  }
}
