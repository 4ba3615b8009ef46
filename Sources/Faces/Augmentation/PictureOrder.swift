import Engine

/// The order of training pictures: each once per epoch, reshuffled every epoch.
///
/// An epoch's order depends only on the seed and the epoch, so training can resume anywhere without
/// a stored order.
struct PictureOrder: Sendable {
  let count: Int
  let randomness: RandomSource

  /// The pictures of draws `first ..< first + number`.
  func pictures(from first: Int, number: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(number)
    while result.count < number {
      let draw = first + result.count
      let order = shuffled(epoch: draw / count)
      result += order[(draw % count)...].prefix(number - result.count)
    }
    return result
  }

  /// Fisher–Yates, written out because the standard library's implementation may change.
  private func shuffled(epoch: Int) -> [Int] {
    var source = randomness.split(epoch)
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(source.uniform() * Double(last + 1)))
    }
    return order
  }
}
