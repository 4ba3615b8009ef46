/// A tensor viewed as rows along the last dimension, with one value per channel.
extension Tensor {
  /// The length of the last dimension.
  var rowLength: Int { shape.last ?? 1 }

  /// The number of rows.
  var rowCount: Int { shape.dropLast().reduce(1, *) }

  /// A small float32 tensor whose values are computed one by one.
  init(_ shape: [Int], each value: (_ index: Int) -> Float) {
    self.init(uninitialized: shape)
    for index in 0..<count { unsafe floats[index] = value(index) }
  }

  /// One value of a float32 tensor; slow.
  subscript(index: Int) -> Float {
    precondition(index >= 0 && index < count, "value \(index) of \(count)")
    return unsafe floats[index]
  }

  /// Adds to each value of a small float32 tensor.
  mutating func add(_ value: (_ index: Int) -> Float) {
    makeUnique()
    for index in 0..<count { unsafe floats[index] += value(index) }
  }
}
