/// One tensor of a checkpoint, made when it is its turn to be written.
///
/// So that a gigabyte of weights need not be held a second time.
public struct CheckpointEntry {
  /// The name in the file, such as `encoder.down.0.weight`.
  public let name: String
  /// The shape, known before the tensor is made.
  public let shape: [Int]
  /// How the values are stored in the file.
  public let precision: Precision
  private let make: () -> Tensor

  /// The tensor, made anew each time.
  public var tensor: Tensor { make() }

  /// An entry whose tensor is made by `tensor`, of just this shape and precision.
  public init(
    _ name: String, shape: [Int], precision: Precision = .float32,
    tensor: @escaping () -> Tensor
  ) {
    self.name = name
    self.shape = shape
    self.precision = precision
    make = tensor
  }

  /// An entry for a tensor that is there already.
  public init(_ name: String, _ tensor: Tensor) {
    self.init(name, shape: tensor.shape, precision: tensor.precision) { tensor }
  }

  /// A whole number below 2⁴⁸, exactly: two float32 values, the multiples of 2²⁴ and the rest.
  public init(count: Int, name: String) {
    precondition((0..<1 << 48).contains(count), "a count of \(count)")
    self.init(name, Tensor(shape: [2], values: [Float(count >> 24), Float(count & 0xFF_FFFF)]))
  }
}
