/// The source values of one position along an axis of a resized image.
struct ResizeTap: Equatable, Sendable {
  /// The index of the source value with the weight 1 − `weight`.
  let first: Int
  /// The index of the source value with the weight `weight`.
  let second: Int
  /// 0 ..< 1.
  let weight: Float

  /// The taps of a whole axis.
  ///
  /// An axis that keeps its length is copied, whatever the ratio, as in PyTorch.
  ///
  /// - Parameter ratio: source values per new value.
  static func axis(
    _ input: Int, to output: Int, ratio: Float, _ filter: Resize.Filter
  ) -> [ResizeTap] {
    let ratio = input == output ? 1 : ratio
    return (0..<output).map { index in
      switch filter {
      case .nearest:
        let source = min(Int(Float(index) * ratio), input - 1)
        return ResizeTap(first: source, second: source, weight: 0)
      case .bilinear:
        // Between the pixels' centers, clamped to the first and the last.
        let center = max(0, (Float(index) + 0.5) * ratio - 0.5)
        let first = min(Int(center), input - 1)
        let second = min(first + 1, input - 1)
        return ResizeTap(
          first: first, second: second, weight: second == first ? 0 : center - Float(first))
      }
    }
  }
}
