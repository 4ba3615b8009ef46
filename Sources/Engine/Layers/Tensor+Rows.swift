/// A tensor seen as rows: runs along the last dimension, one value for each channel.
extension Tensor {
  /// The length of the last dimension.
  var rowLength: Int { shape.last ?? 1 }

  /// How many rows there are.
  var rowCount: Int { shape.dropLast().reduce(1, *) }

  /// A float32 tensor whose values are computed one by one, where there are few.
  init(_ shape: [Int], each value: (_ index: Int) -> Float) {
    self.init(uninitialized: shape)
    for index in 0..<count { unsafe floats[index] = value(index) }
  }

  /// One value of a float32 tensor, where few are needed.
  subscript(index: Int) -> Float {
    precondition(index >= 0 && index < count, "value \(index) of \(count)")
    return unsafe floats[index]
  }

  /// Adds to each value of a float32 tensor, where there are few.
  mutating func add(_ value: (_ index: Int) -> Float) {
    makeUnique()
    for index in 0..<count { unsafe floats[index] += value(index) }
  }
}
