/// One tensor of a checkpoint, produced when it is written.
///
/// This avoids holding a second copy of all weights.
public struct CheckpointEntry {
  /// The name in the file, such as `encoder.down.0.weight`.
  public let name: String
  /// The shape, known before the tensor is produced.
  public let shape: [Int]
  /// How the values are stored in the file.
  public let precision: Precision
  private let make: () -> Tensor

  /// The tensor, produced again on each access.
  public var tensor: Tensor { make() }

  /// An entry whose tensor is produced by `tensor`, with exactly this shape and precision.
  public init(
    _ name: String, shape: [Int], precision: Precision = .float32,
    tensor: @escaping () -> Tensor
  ) {
    self.name = name
    self.shape = shape
    self.precision = precision
    make = tensor
  }

  /// An entry for an existing tensor.
  public init(_ name: String, _ tensor: Tensor) {
    self.init(name, shape: tensor.shape, precision: tensor.precision) { tensor }
  }

  /// An integer below 2⁴⁸, stored exactly in two float32 values: the multiple of 2²⁴ and the
  /// remainder.
  public init(count: Int, name: String) {
    precondition((0..<1 << 48).contains(count), "a count of \(count)")
    self.init(name, Tensor(shape: [2], values: [Float(count >> 24), Float(count & 0xFF_FFFF)]))
  }
}
