public import Engine

/// A tensor of a graph: row-major, with any number of dimensions and any element type.
public struct Value: Sendable {
  /// The type of the elements.
  public let type: ElementType
  /// The length of each dimension; empty for a single number.
  public let shape: [Int]
  /// The elements, row by row.
  let elements: Elements

  /// Elements that the caller has counted.
  init(_ type: ElementType, _ shape: [Int], _ elements: Elements) {
    self.type = type
    self.shape = shape
    if case .float(let tensor) = elements, tensor.shape != shape {
      self.elements = .float(tensor.reshaped(to: shape))
    } else {
      self.elements = elements
    }
  }

  /// A float32 tensor.
  public init(_ tensor: Tensor) {
    self.init(.float32, tensor.shape, .float(tensor.converted(to: .float32)))
  }

  /// A float32 tensor as numbers of another real type.
  public init(_ tensor: Tensor, of type: ElementType) {
    self = Value(type, tensor.shape, .float(tensor)).rounded
  }

  /// The value with its dimensions in another order.
  ///
  /// - Parameter order: which of the dimensions each is; those of length 1 may be left out.
  public func arranged(_ order: [Int]) -> Value {
    let missing = shape.indices.filter { !order.contains($0) }
    precondition(
      Set(order).count == order.count && missing.allSatisfy { shape[$0] == 1 },
      "the dimensions \(order) of \(shape)")
    let moved = ShapeOperators.transposed(self, order + missing)
    return moved.reshaped(order.map { shape[$0] })
  }

  /// Integers of type int64.
  public init(integers: [Int], shape: [Int]) {
    self.init(.int64, shape, .integer(integers.map(Int64.init)))
  }

  /// Integers of any integer type, which they are cut to.
  init(_ type: ElementType, _ shape: [Int], integers: [Int64]) {
    self.init(type, shape, .integer(integers.map(type.wrapped)))
  }

  /// Real numbers rounded to a real type, or cut to an integer one.
  init(_ type: ElementType, _ shape: [Int], doubles: [Double]) {
    switch type {
    case .float64: self.init(type, shape, .double(doubles))
    case .float32, .float16, .bfloat16:
      self.init(
        type, shape, .float(Tensor(shape: shape, values: doubles.map { type.rounded(Float($0)) })))
    default:
      self.init(type, shape, integers: doubles.map { type.cut($0) })
    }
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The same elements in another shape of as many.
  func reshaped(_ shape: [Int]) -> Value { Value(type, shape, elements) }

  /// The value with elements that its type can hold: float16 and bfloat16 are computed in float32.
  var rounded: Value {
    guard type == .float16 || type == .bfloat16, case .float(let tensor) = elements else {
      return self
    }
    let type = type
    return Value(type, shape, .float(tensor.mapped { type.rounded($0) }))
  }

  /// The elements as real numbers.
  public var doubles: [Double] {
    switch elements {
    case .float(let tensor): tensor.read { span in span.indices.map { Double(span[$0]) } }
    case .double(let values): values
    case .integer(let values):
      type == .uint64
        ? values.map { Double(UInt64(bitPattern: $0)) } : values.map { Double($0) }
    }
  }

  /// Whether an element is no number at all; infinities are numbers, as in masks of attention.
  var hasNaN: Bool {
    switch elements {
    case .float(let tensor):
      !tensor.isFinite && tensor.read { span in span.indices.contains { span[$0].isNaN } }
    case .double(let values): values.contains { $0.isNaN }
    case .integer: false
    }
  }

  /// The elements as a float32 tensor; integers and float64 are rounded.
  public var tensor: Tensor {
    switch elements {
    case .float(let tensor): tensor
    case .double(let values): Tensor(shape: shape, values: values.map { Float($0) })
    case .integer: Tensor(shape: shape, values: doubles.map { Float($0) })
    }
  }

  /// The elements of an integer or bool type; uint64 by their bit patterns.
  func integers() throws(OperatorFault) -> [Int64] {
    guard case .integer(let values) = elements else {
      throw OperatorFault("integers are needed where \(type) was given")
    }
    return values
  }

  /// The elements of an integer type as indices, sizes or axes.
  func indices() throws(OperatorFault) -> [Int] { try integers().map { Int($0) } }
}

/// The elements of a value.
enum Elements: Sendable {
  /// Of float32, float16 and bfloat16.
  case float(Tensor)
  /// Of float64.
  case double([Double])
  /// Of integer types and bool, which is 0 or 1.
  case integer([Int64])
}

/// The number of elements of a shape that a graph asks for.
///
/// - Throws: a fault for negative lengths, and for values of more than a gigabyte of float32's.
func elementCount(_ shape: [Int]) throws(OperatorFault) -> Int {
  var count = 1
  for length in shape {
    let (product, overflows) = count.multipliedReportingOverflow(by: length)
    guard length >= 0, !overflows, product <= 1 << 30 else {
      throw OperatorFault("a value of the shape \(shape) is too large")
    }
    count = product
  }
  return count
}

/// The distance in elements between neighbors along each dimension of a row-major value.
func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = shape
  var step = 1
  for axis in shape.indices.reversed() {
    strides[axis] = step
    step *= shape[axis]
  }
  return strides
}
