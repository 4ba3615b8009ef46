internal import Engine

/// What a node was given and made, and the gradient at what it made.
struct GradientCall {
  let call: OperatorCall
  /// As many as the node names; nil where it leaves one out.
  let outputs: [Value?]
  /// The gradient at each output, of its shape; nil where nothing depends on it.
  let gradients: [Tensor?]

  /// An input as float32 numbers.
  func x(_ index: Int = 0) throws(OperatorFault) -> Tensor { try call.input(index).tensor }

  /// The first output.
  func y() throws(OperatorFault) -> Tensor {
    guard let y = outputs.first ?? nil else { throw OperatorFault("it has no output") }
    return y.tensor
  }

  /// The gradient at the first output.
  func dy() throws(OperatorFault) -> Tensor {
    guard let dy = gradients.first ?? nil else { throw OperatorFault("it has no gradient") }
    return dy
  }
}

/// How the gradient at a node's outputs becomes that at its inputs.
///
/// Returns one tensor for each input, of its shape; nil for those that have no gradient.
typealias GradientRule =
  @Sendable (GradientCall) throws(OperatorFault) -> [Tensor?]

/// The derivatives of operators.
enum GradientRules {
  /// By operator; others have no derivative here.
  static let named: [String: GradientRule] = elementwise.merging(pairs) { $1 }.merging(moves) { $1 }
    .merging(products) { $1 }.merging(rows) { $1 }.merging(windows) { $1 }

  /// A gradient, added up along the dimensions in which a value of `shape` was repeated.
  static func reduced(_ gradient: Tensor, to shape: [Int]) -> Tensor {
    guard gradient.shape != shape else { return gradient }
    let missing = gradient.shape.count - shape.count
    let repeated = gradient.shape.indices.filter { $0 < missing || shape[$0 - missing] == 1 }
    let rows = AxisRows(Value(gradient), along: repeated)
    let values = rows.doubles
    let sums = (0..<rows.count).map { row in
      Float(values[row * rows.length..<(row + 1) * rows.length].reduce(0, +))
    }
    return Tensor(shape: shape, values: sums)
  }

  /// f(a, b), with values repeated where shapes ask for it.
  static func combined(
    _ function: PairFunction, _ a: Tensor, _ b: Tensor
  ) throws(OperatorFault) -> Tensor {
    let shape = try Broadcasting.shape([a.shape, b.shape])
    return Tensor.combined(
      function, a, b, shape: shape,
      strides: (
        Broadcasting.strides(a.shape, in: shape), Broadcasting.strides(b.shape, in: shape)
      ))
  }

  /// A value repeated to a larger shape.
  static func stretched(_ tensor: Tensor, to shape: [Int]) -> Tensor {
    Broadcasting.stretched(Value(tensor), to: shape).tensor
  }
}
