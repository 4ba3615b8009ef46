extension Tensor {
  /// The samples of all `parts`, concatenated along the batch dimension.
  ///
  /// - Parameter parts: tensors of the same precision and, except for the first dimension, shape.
  public static func joined(_ parts: [Tensor]) -> Tensor {
    precondition(!parts.isEmpty, "no tensors to join")
    let sample = Array(parts[0].shape.dropFirst())
    let result = Tensor(
      uninitialized: [parts.reduce(0) { $0 + $1.shape[0] }] + sample, precision: parts[0].precision)
    var offset = 0
    for part in parts {
      precondition(
        part.shape.dropFirst() == sample[...] && part.precision == result.precision,
        "\(part.shape), \(part.precision) cannot join \(parts[0].shape), \(result.precision)")
      unsafe (result.address + offset).copyMemory(from: part.address, byteCount: part.byteCount)
      offset += part.byteCount
    }
    return result
  }

  /// A copy of the samples in `range`.
  public func samples(_ range: Range<Int>) -> Tensor {
    precondition(range.upperBound <= shape[0], "samples \(range) of \(shape[0])")
    let result = Tensor(
      uninitialized: [range.count] + shape.dropFirst(), precision: precision)
    let bytes = result.byteCount / max(range.count, 1)
    unsafe result.address.copyMemory(
      from: address + range.lowerBound * bytes, byteCount: result.byteCount)
    return result
  }
}

extension Tensor {
  /// Tensors concatenated along the last dimension; the other dimensions must agree.
  ///
  /// - Parameter parts: two or more; the result has the precision of the first.
  public static func besides(_ parts: [Tensor]) -> Tensor { Kernels.joined(parts) }

  /// A copy of a range of channels, the last dimension.
  public func channels(_ range: Range<Int>) -> Tensor {
    precondition(range.upperBound <= rowLength, "channels \(range) of \(shape)")
    return Kernels.columns(range.lowerBound, width: range.count, of: self)
  }

  /// This float32 tensor plus `factor` times another of its shape.
  public func adding(_ other: Tensor, times factor: Float = 1) -> Tensor {
    precondition(other.shape == shape, "\(other.shape) cannot be added to \(shape)")
    var sum = self
    sum.makeUnique()
    unsafe Kernels.addScaled(other.floats, by: factor, to: sum.floats, count: count)
    withExtendedLifetime(other) {}
    return sum
  }

  /// `factor` times this float32 tensor.
  public func scaled(by factor: Float) -> Tensor {
    Tensor(zeros: shape).adding(self, times: factor)
  }
}

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
