import Engine

/// The order in which faces are drawn: each once an epoch, every epoch shuffled anew.
///
/// Faces of one unit, such as a real one and its forged twin, stay together. An epoch's order depends
/// on the seed and the epoch alone, so training resumes at any place without having stored one.
struct BatchOrder: Sendable {
  /// Which faces belong together.
  let units: [[Int]]
  let randomness: RandomSource
  private let count: Int

  /// - Parameter units: each face in one of them.
  init(units: [[Int]], randomness: RandomSource) {
    (self.units, self.randomness) = (units, randomness)
    count = units.reduce(0) { $0 + $1.count }
  }

  /// The faces of draws `first ..< first + number`, each with the number of its unit.
  func faces(from first: Int, number: Int) -> [(face: Int, unit: Int)] {
    var result: [(face: Int, unit: Int)] = []
    result.reserveCapacity(number)
    while result.count < number {
      let draw = first + result.count
      result += shuffled(epoch: draw / count)[(draw % count)...].prefix(number - result.count)
    }
    return result
  }

  /// Fisher–Yates; written out, since the standard library's may change.
  private func shuffled(epoch: Int) -> [(face: Int, unit: Int)] {
    var source = randomness.split(epoch)
    var order = Array(units.indices)
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(source.uniform() * Double(last + 1)))
    }
    return order.flatMap { unit in units[unit].map { (face: $0, unit: unit) } }
  }
}
