internal import Engine

/// Products of matrices and their generalizations.
enum ProductOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("MatMul", 2...2) { call throws(OperatorFault) in
      [try product(try call.input(0), try call.input(1))]
    },
    OperatorDefinition("Gemm", 2...3, gemm),
    OperatorDefinition("Einsum", 1...100, einsum),
  ]

  /// NumPy's matmul: vectors count as one row or one column, other axes are batches.
  static func product(_ a: Value, _ b: Value) throws(OperatorFault) -> Value {
    guard a.type == b.type, !a.shape.isEmpty, !b.shape.isEmpty else {
      throw OperatorFault("\(a.type) \(a.shape) and \(b.type) \(b.shape) have no product")
    }
    let left = a.shape.count == 1 ? [1] + a.shape : a.shape
    let right = b.shape.count == 1 ? b.shape + [1] : b.shape
    let (rows, depth) = (left[left.count - 2], left[left.count - 1])
    let (own, columns) = (right[right.count - 2], right[right.count - 1])
    guard depth == own else {
      throw OperatorFault("\(a.shape) and \(b.shape) have no product")
    }
    let batch = try Broadcasting.shape([Array(left.dropLast(2)), Array(right.dropLast(2))])
    _ = try elementCount(batch + [rows, columns])
    let matrices = batch.reduce(1, *)
    var shape = batch
    if a.shape.count > 1 { shape.append(rows) }
    if b.shape.count > 1 { shape.append(columns) }
    if case .float(let x) = a.elements, case .float(let y) = b.elements, x.count > 0, y.count > 0 {
      // A second matrix alone is multiplied with all rows at once.
      let isShared = b.count == depth * columns
      let first =
        isShared ? a : Broadcasting.stretched(a.reshaped(left), to: batch + [rows, depth])
      let second = Broadcasting.stretched(
        b.reshaped(right), to: isShared ? [depth, columns] : batch + [depth, columns])
      let count = isShared ? 1 : matrices
      return Value(
        a.type, shape,
        .float(
          Tensor.products(
            first.tensor.reshaped(to: [count, first.count / count / depth, depth]),
            second.tensor.reshaped(to: [count, depth, columns])
          ).reshaped(to: shape)))
    }
    let x = Broadcasting.stretched(a.reshaped(left), to: batch + [rows, depth]).doubles
    let y = Broadcasting.stretched(b.reshaped(right), to: batch + [depth, columns]).doubles
    var sums = [Double](repeating: 0, count: matrices * rows * columns)
    var target = sums.mutableSpan
    for matrix in 0..<matrices {
      multiply(
        x.span, y.span, into: &target, matrix: matrix, rows: rows, depth: depth, columns: columns)
    }
    return Value(a.type, shape, doubles: sums)
  }

  private static func multiply(
    _ x: Span<Double>, _ y: Span<Double>, into target: inout MutableSpan<Double>, matrix: Int,
    rows: Int, depth: Int, columns: Int
  ) {
    for row in 0..<rows {
      for step in 0..<depth {
        let factor = x[(matrix * rows + row) * depth + step]
        let start = (matrix * depth + step) * columns
        for column in 0..<columns {
          target[(matrix * rows + row) * columns + column] += factor * y[start + column]
        }
      }
    }
  }

  /// alpha · a · b + beta · c of matrices that may be transposed first.
  private static func gemm(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    var (a, b) = (try call.input(0), try call.input(1))
    guard a.shape.count == 2, b.shape.count == 2 else {
      throw OperatorFault("\(a.shape) and \(b.shape) are not both matrices")
    }
    if try call.flag("transA") { a = ShapeOperators.transposed(a, [1, 0]) }
    if try call.flag("transB") { b = ShapeOperators.transposed(b, [1, 0]) }
    let (alpha, beta) = (try call.real("alpha", default: 1), try call.real("beta", default: 1))
    var result = try product(a, b)
    if alpha != 1 { result = try scaled(result, by: alpha) }
    guard let c = call.optional(2) else { return [result] }
    return [try BinaryOperators.sum(result, beta == 1 ? c : try scaled(c, by: beta))]
  }

  private static func scaled(_ value: Value, by factor: Double) throws(OperatorFault) -> Value {
    let single = Float(factor)
    guard value.type.isReal else {
      return Value(value.type, value.shape, doubles: value.doubles.map { $0 * factor })
    }
    return try value.mapped({ $0 * single }, { $0 * factor })
  }

  /// Sums over the axes whose letters the result lacks, computed in float64.
  private static func einsum(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let inputs = try call.allInputs()
    let equation = try call.text("equation", default: "").filter { $0 != " " }
    let sides = equation.replacing("->", with: ">").split(
      separator: ">", omittingEmptySubsequences: false)
    let terms = (sides.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == inputs.count, sides.count <= 2 else {
      throw OperatorFault("'\(equation)' is no equation for \(inputs.count) inputs")
    }
    // Dots stand for the axes that a term does not name, as capital digits from the right.
    var lengths: [Character: Int] = [:]
    var letters: [[Character]] = []
    var dots: [Character] = []
    for (term, input) in zip(terms, inputs) {
      let named = term.replacing("...", with: ".")
      let hidden = input.shape.count - named.filter { $0 != "." }.count
      guard hidden >= 0, hidden < 10, hidden == 0 || named.contains(".") else {
        throw OperatorFault("'\(term)' does not name the axes of \(input.shape)")
      }
      let own = (0..<hidden).reversed().map { Character("\($0)") }
      if own.count > dots.count { dots = own }
      let axes = named.flatMap { $0 == "." ? own : [$0] }
      for (letter, length) in zip(axes, input.shape) {
        let known = lengths[letter] ?? 1
        guard known == 1 || length == 1 || known == length else {
          throw OperatorFault("the axes '\(letter)' have the lengths \(known) and \(length)")
        }
        lengths[letter] = max(known, length)
      }
      letters.append(axes)
    }
    let all = letters.joined()
    let result =
      sides.count == 2
      ? sides[1].replacing("...", with: ".").flatMap { $0 == "." ? dots : [$0] }
      : dots
        + lengths.keys.filter { letter in
          letter.isLetter && all.filter { $0 == letter }.count == 1
        }.sorted()
    let summed = lengths.keys.filter { !result.contains($0) }.sorted()
    guard result.allSatisfy({ lengths[$0] != nil }), Set(result).count == result.count else {
      throw OperatorFault("'\(equation)' has an impossible result")
    }
    let order = result + summed
    let shape = order.map { lengths[$0] ?? 1 }
    _ = try elementCount(shape)
    var products = [Double](repeating: 1, count: shape.reduce(1, *))
    for (axes, input) in zip(letters, inputs) {
      let own = rowMajorStrides(input.shape)
      let strides = order.map { letter in
        axes.indices.reduce(0) {
          $0 + (axes[$1] == letter && input.shape[$1] > 1 ? own[$1] : 0)
        }
      }
      let values = input.doubles
      var place = 0
      StridedWalk(shape: shape, strides: strides, offset: 0).eachRow { start, length, step in
        for index in 0..<length { products[place + index] *= values[start + index * step] }
        place += length
      }
    }
    let rows = AxisRows(
      Value(.float64, shape, .double(products)), along: Array(result.count..<order.count))
    let values = rows.doubles
    return [
      Value(
        inputs[0].type, result.map { lengths[$0] ?? 1 },
        doubles: (0..<rows.count).map {
          values[$0 * rows.length..<($0 + 1) * rows.length].reduce(0, +)
        })
    ]
  }
}
