import Engine

/// The order of training samples: each once per epoch, reshuffled every epoch.
///
/// Samples of one unit, such as a real one and its fake twin, stay together. An epoch's order depends
/// only on the seed and the epoch, so training can resume anywhere without a stored order.
struct BatchOrder: Sendable {
  /// The samples of each unit.
  let units: [[Int]]
  let randomness: RandomSource
  private let count: Int

  /// - Parameter units: each sample is in exactly one of them.
  init(units: [[Int]], randomness: RandomSource) {
    (self.units, self.randomness) = (units, randomness)
    count = units.reduce(0) { $0 + $1.count }
  }

  /// The samples of draws `first ..< first + number`, each with the index of its unit.
  func samples(from first: Int, number: Int) -> [(sample: Int, unit: Int)] {
    var result: [(sample: Int, unit: Int)] = []
    result.reserveCapacity(number)
    while result.count < number {
      let draw = first + result.count
      result += shuffled(epoch: draw / count)[(draw % count)...].prefix(number - result.count)
    }
    return result
  }

  /// Fisher–Yates, written out because the standard library's implementation may change.
  private func shuffled(epoch: Int) -> [(sample: Int, unit: Int)] {
    var source = randomness.split(epoch)
    var order = Array(units.indices)
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(source.uniform() * Double(last + 1)))
    }
    return order.flatMap { unit in units[unit].map { (sample: $0, unit: unit) } }
  }
}
