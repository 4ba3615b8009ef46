/// The samples of a batch that this rank prepares and learns from.
///
/// The shares of all ranks are the batch, in order. Random numbers and means are those of the whole batch.
public struct BatchShare: Sendable {
  /// The ranks that share the batch.
  public let ranks: Ranks
  /// The number of samples in the whole batch.
  public let size: Int
  /// This rank's samples.
  public let samples: Range<Int>

  /// - Parameter size: at least one sample for each rank.
  public init(of size: Int, over ranks: Ranks = .alone) {
    precondition(size >= ranks.count, "\(size) samples for \(ranks.count) ranks")
    (self.size, self.ranks) = (size, ranks)
    samples = size * ranks.rank / ranks.count..<size * (ranks.rank + 1) / ranks.count
  }

  /// Whether it is the whole batch.
  public var isWhole: Bool { samples.count == size }

  /// The share of the batch's samples, 0…1.
  public var fraction: Float { Float(samples.count) / Float(size) }

  /// The part of the whole batch's loss that this rank's samples have, and its gradient: the sum of the
  /// parts is the loss.
  ///
  /// - Parameter loss: a mean over this rank's samples.
  public func part(of loss: LossValue) -> LossValue {
    guard !isWhole else { return loss }
    let factor: Float
    if let weight = loss.weight {
      let whole = ranks.sum([Float(weight)])[0]
      factor = whole > 0 ? Float(weight) / whole : 0
    } else {
      factor = fraction
    }
    return LossValue(value: factor * loss.value, gradient: loss.gradient.scaled(by: factor))
  }

  /// For a tensor whose first dimension holds this rank's samples in order: what comes before them in the
  /// whole batch, in elements of that dimension.
  func rowsBefore(_ tensor: Tensor) -> Int {
    samples.lowerBound * tensor.shape[0] / samples.count
  }
}

extension BatchShare? {
  /// The part of the whole batch's loss; nil stands for a whole batch.
  public func part(of loss: LossValue) -> LossValue { self?.part(of: loss) ?? loss }
}
