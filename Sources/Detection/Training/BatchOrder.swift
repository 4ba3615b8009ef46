import Engine

/// The order in which faces are drawn: each once an epoch, every epoch shuffled anew.
///
/// An epoch's order depends on the seed and the epoch alone, so training resumes at any place
/// without having stored one.
struct BatchOrder: Sendable {
  let count: Int
  let randomness: RandomSource

  /// The faces of draws `first ..< first + number`.
  func faces(from first: Int, number: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(number)
    while result.count < number {
      let draw = first + result.count
      result += shuffled(epoch: draw / count)[(draw % count)...].prefix(number - result.count)
    }
    return result
  }

  /// Fisher–Yates; written out, since the standard library's may change.
  private func shuffled(epoch: Int) -> [Int] {
    var source = randomness.split(epoch)
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(source.uniform() * Double(last + 1)))
    }
    return order
  }
}
