public import Engine

extension Tensor {
  /// Even random values in `range`, the same for the same seed.
  public static func random(
    _ shape: [Int], in range: ClosedRange<Double> = -1...1, seed: UInt64
  ) -> Tensor {
    var source = RandomSource(seed: seed)
    return Tensor(
      shape: shape, values: (0..<shape.reduce(1, *)).map { _ in Float(source.uniform(range)) })
  }

  /// Random values of both signs, 0.1 to 1 away from a kink at zero.
  public static func randomAwayFromZero(_ shape: [Int], seed: UInt64) -> Tensor {
    var source = RandomSource(seed: seed)
    return Tensor(
      shape: shape,
      values: (0..<shape.reduce(1, *)).map { _ in
        let magnitude = Float(source.uniform(0.1...1))
        return source.next() & 1 == 0 ? magnitude : -magnitude
      })
  }

  /// Random values at least 0.05 apart, so that no maximum changes hands for a small step.
  public static func randomDistinct(_ shape: [Int], seed: UInt64) -> Tensor {
    var source = RandomSource(seed: seed)
    let count = shape.reduce(1, *)
    let steps = (0..<count).map { 0.05 * Float($0 - count / 2) }
    return Tensor(shape: shape, values: steps.shuffled(using: &source))
  }
}

/// Whether two tensors have one shape and nearly the same values.
///
/// They may differ by `tolerance`, taken absolutely below 1 and relatively above.
public func allClose(_ left: Tensor, _ right: Tensor, tolerance: Float = 1e-5) -> Bool {
  left.shape == right.shape
    && zip(left.values, right.values).allSatisfy { a, b in
      a == b || abs(a - b) <= tolerance * max(1, abs(a), abs(b))
    }
}

/// The length of the difference of two tensors of one shape over that of the second.
///
/// For gradients: where a function has a corner, a value's last bits may decide the side.
public func relativeDistance(_ own: Tensor, _ expected: Tensor) -> Double {
  var (difference, length) = (0.0, 0.0)
  for (a, b) in zip(own.values, expected.values) {
    difference += Double(a - b) * Double(a - b)
    length += Double(b) * Double(b)
  }
  return length > 0 ? (difference / length).squareRoot() : .infinity
}
