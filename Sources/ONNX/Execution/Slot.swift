internal import Engine

/// A value while a graph runs, in the order of ONNX, in the engine's, or in both.
struct Slot {
  private var plain: Value?
  /// Pictures `[N, H, W, C]` that the graph knows as `[N, C, H, W]`, in float32.
  private(set) var pictures: Tensor?

  init(_ value: Value) { plain = value }

  init(pictures: Tensor) { self.pictures = pictures }

  /// The value in ONNX's order; converted once.
  mutating func value() -> Value {
    if let plain { return plain }
    guard let pictures else { preconditionFailure("a slot without a value") }
    let value = ShapeOperators.transposed(Value(pictures), [0, 3, 1, 2])
    plain = value
    return value
  }

  /// The pictures in the engine's order; converted once, nil for other values.
  mutating func asPictures() -> Tensor? {
    if let pictures { return pictures }
    guard let plain, plain.type == .float32, plain.shape.count == 4 else { return nil }
    pictures = ShapeOperators.transposed(plain, [0, 2, 3, 1]).tensor
    return pictures
  }

  /// The only number of a float32 value that has just one.
  var number: Value? {
    guard let plain, plain.type == .float32, plain.count == 1 else { return nil }
    return plain.reshaped([])
  }
}
