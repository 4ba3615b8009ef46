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
