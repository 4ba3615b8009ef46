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

  /// 0 or x / (1 − probability); x itself unless training.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    guard isActive(saved) else { return x }
    let seed = saved.randomness.next()
    // The backward pass needs only the seed to drop the same values.
    saved.push(shape: [Int(bitPattern: UInt(seed))])
    return dropped(x, seed: seed)
  }

  /// The gradient of what was kept.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    guard isActive(saved) else { return dy }
    return dropped(dy, seed: UInt64(UInt(bitPattern: saved.popShape()[0])))
  }

  private func isActive(_ saved: Saved) -> Bool { saved.mode == .training && probability > 0 }

  private func dropped(_ x: Tensor, seed: UInt64) -> Tensor {
    Kernels.dropout(x.converted(to: .float32), probability: probability, seed: seed)
      .converted(to: x.precision)
  }
}
