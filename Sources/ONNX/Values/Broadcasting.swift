/// Values combined element by element after their shapes have been made equal, as in NumPy.
enum Broadcasting {
  /// The shape that all shapes can be stretched to.
  static func shape(_ shapes: [[Int]]) throws(OperatorFault) -> [Int] {
    let rank = shapes.map(\.count).max() ?? 0
    var result = [Int](repeating: 1, count: rank)
    for shape in shapes {
      for (axis, length) in zip(rank - shape.count..<rank, shape) where length != 1 {
        guard result[axis] == 1 || result[axis] == length else {
          throw OperatorFault(
            "the shapes \(shapes.map { "\($0)" }.joined(separator: " and ")) do not fit together")
        }
        result[axis] = length
      }
    }
    _ = try elementCount(result)
    return result
  }

  /// The strides of a value of `shape` when it is stretched to `target`: 0 where it repeats.
  static func strides(_ shape: [Int], in target: [Int]) -> [Int] {
    let own = rowMajorStrides(shape)
    let missing = target.count - shape.count
    return target.indices.map { axis in
      axis < missing || shape[axis - missing] == 1 ? 0 : own[axis - missing]
    }
  }

  /// A value stretched to a shape.
  static func stretched(_ value: Value, to shape: [Int]) -> Value {
    guard value.shape != shape else { return value }
    return Value(
      value.type, shape,
      value.elements.walked(shape, strides: strides(value.shape, in: shape)))
  }
}
