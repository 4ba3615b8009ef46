internal import Engine

/// A value while a graph runs, in the order of ONNX, in the engine's, or in both.
struct Slot {
  private var plain: Value?
  /// Pictures `[N, H, W, C]` or clips `[N, T, H, W, C]` that the graph knows as `[N, C, ...]`, in float32.
  private(set) var pictures: Tensor?

  init(_ value: Value) { plain = value }

  init(pictures: Tensor) { self.pictures = pictures }

  /// The value in ONNX's order; converted once.
  mutating func value() -> Value {
    if let plain { return plain }
    guard let pictures else { preconditionFailure("a slot without a value") }
    let last = pictures.shape.count - 1
    let value = ShapeOperators.transposed(Value(pictures), [0, last] + Array(1..<last))
    plain = value
    return value
  }

  /// The shape in ONNX's order.
  var shape: [Int] {
    if let plain { return plain.shape }
    guard let pictures else { return [] }
    let last = pictures.shape.count - 1
    return [pictures.shape[0], pictures.shape[last]] + pictures.shape[1..<last]
  }

  /// Whether its numbers are real.
  var isReal: Bool { plain?.type.isReal ?? true }

  /// The float32 numbers of a value in ONNX's order; nil for others, and where there are only pictures.
  var plainTensor: Tensor? { plain?.type == .float32 ? plain?.tensor : nil }

  /// The float32 numbers of a value in ONNX's order, converted once; nil for others.
  mutating func asPlain() -> Tensor? {
    _ = value()
    return plainTensor
  }

  /// The pictures in the engine's order; converted once, nil for other values.
  mutating func asPictures() -> Tensor? {
    if let pictures { return pictures }
    guard let plain, plain.type == .float32, [4, 5].contains(plain.shape.count) else { return nil }
    pictures =
      ShapeOperators.transposed(plain, [0] + Array(2..<plain.shape.count) + [1]).tensor
    return pictures
  }

  /// One number for each channel of pictures or clips of `rank` dimensions, `[C]`; nil for other values.
  func channels(rank: Int) -> Value? {
    guard let plain, plain.type == .float32, plain.shape.count < rank || plain.shape.first == 1
    else { return nil }
    let missing = rank - plain.shape.count
    let full = [Int](repeating: 1, count: max(0, missing)) + plain.shape
    guard full.count == rank, full[1] == plain.count, plain.count > 1 else { return nil }
    return plain.reshaped([plain.count])
  }

  /// The only number of a float32 value that has just one.
  var number: Value? {
    guard let plain, plain.type == .float32, plain.count == 1 else { return nil }
    return plain.reshaped([])
  }
}
