/// One of ONNX's operators.
struct OperatorDefinition: Sendable {
  let name: String
  /// How many inputs it takes.
  let inputs: ClosedRange<Int>
  /// Computes the outputs; trailing ones that nothing reads may be left out.
  let compute: @Sendable (OperatorCall) throws(OperatorFault) -> [Value]

  init(
    _ name: String, _ inputs: ClosedRange<Int>,
    _ compute: @escaping @Sendable (OperatorCall) throws(OperatorFault) -> [Value]
  ) {
    (self.name, self.inputs, self.compute) = (name, inputs, compute)
  }
}

/// Every operator that graphs may use.
enum OperatorTable {
  /// All of them, by family.
  static let families: [(title: String, operators: [OperatorDefinition])] = [
    ("Functions of single elements", UnaryOperators.all),
    ("Arithmetic and comparisons of two or more values", BinaryOperators.all),
    ("Sums and extremes along axes", ReductionOperators.all),
    ("Softmax and its kin", SoftmaxOperators.all),
    ("Shapes", ShapeOperators.all),
    ("Parts of values", SelectionOperators.all),
    ("New values", CreationOperators.all),
    ("Products of matrices", ProductOperators.all),
    ("Convolutions", ConvolutionOperators.all),
    ("Pooling", PoolingOperators.all),
    ("Normalizations", NormalizationOperators.all),
    ("Resizing and sampling of pictures", PictureOperators.all),
    ("Recurrence and attention", SequenceOperators.all),
    ("Losses", LossOperators.all),
  ]

  /// The operators by their names.
  static let named: [String: OperatorDefinition] = Dictionary(
    families.flatMap(\.operators).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
