/// An exponential moving average of the weights, which often generalizes better than the weights.
///
/// Running statistics are averaged too, so that they match the averaged weights.
public struct MovingAverage {
  /// The weight of the old average at each update, 0…1.
  public let decay: Double
  /// Whether the decay starts low, at min(decay, (1 + t) / (10 + t)) after t updates, so that early
  /// weights have little influence.
  public let isWarmingUp: Bool
  /// The number of updates.
  public private(set) var updates = 0
  /// Whether the parameters hold the averages now, and this value the weights.
  public private(set) var isSwapped = false

  let name: String
  let parameters: [NamedParameter]
  private var averages: [Tensor]

  /// An average initialized with the current weights.
  ///
  /// - Parameter name: the prefix of its state in checkpoints.
  public init(
    decay: Double = 0.999, parameters: [NamedParameter], isWarmingUp: Bool = true,
    name: String = "average"
  ) {
    precondition((0...1).contains(decay), "a decay is in 0…1, not \(decay)")
    var seen = Set<ObjectIdentifier>()
    self.decay = decay
    self.isWarmingUp = isWarmingUp
    self.name = name
    self.parameters = parameters.filter { seen.insert(ObjectIdentifier($0.parameter)).inserted }
    averages = self.parameters.map { $0.parameter.value }
  }

  /// Updates the averages: average ← average + (1 − decay)·(weight − average).
  public mutating func update() {
    precondition(!isSwapped, "the averages are in use and cannot be updated")
    let decay =
      isWarmingUp ? min(decay, Double(1 + updates) / Double(10 + updates)) : decay
    for index in averages.indices {
      averages[index].makeUnique()
      Kernels.averageStep(
        share: Float(1 - decay), value: parameters[index].parameter.value, average: averages[index])
    }
    updates += 1
  }

  /// Takes over the averages of rank 0.
  public mutating func share(over ranks: Ranks) {
    updates = ranks.broadcast(updates) ?? updates
    for index in averages.indices { ranks.share(&averages[index]) }
  }

  /// Exchanges weights and averages, before and after an evaluation; nothing is copied.
  public mutating func swap() {
    for index in averages.indices {
      let parameter = parameters[index].parameter
      (parameter.value, averages[index]) = (averages[index], parameter.value)
    }
    isSwapped.toggle()
  }
}

extension MovingAverage {
  /// The checkpoint entries: `average.updates`, and each average in PyTorch's order, such as
  /// `average.encoder.weight`.
  public var entries: [CheckpointEntry] {
    precondition(!isSwapped, "the averages are in use and cannot be saved")
    let tensors = zip(parameters, averages).map { named, average in
      let parameter = named.parameter
      return CheckpointEntry("\(name).\(named.name)", shape: parameter.plainShape) {
        parameter.layout.unpacked(average)
      }
    }
    return [CheckpointEntry(count: updates, name: "\(name).updates")] + tensors
  }

  /// Restores what `entries` wrote; nothing changes if it does not match.
  public mutating func restore(from source: some TensorSource) throws(EngineError) {
    precondition(!isSwapped, "the averages are in use and cannot be restored")
    for named in parameters {
      try source.check("\(name).\(named.name)", shape: named.parameter.plainShape)
    }
    updates = try source.count("\(name).updates")
    for (index, named) in parameters.enumerated() {
      let plain = try source.tensor("\(name).\(named.name)", shape: named.parameter.plainShape)
      averages[index] = named.parameter.layout.packed(plain)
    }
  }
}
