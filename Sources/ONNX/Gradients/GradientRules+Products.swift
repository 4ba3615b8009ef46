internal import Engine

/// Products of two matrices of which none is constant, or that the engine has no layer for.
extension GradientRules {
  static let products: [String: GradientRule] = [
    "MatMul": { (call) throws(OperatorFault) in
      let (a, b) = (try call.call.input(0), try call.call.input(1))
      let left = a.reshaped(a.shape.count == 1 ? [1] + a.shape : a.shape)
      let right = b.reshaped(b.shape.count == 1 ? b.shape + [1] : b.shape)
      let batch = try Broadcasting.shape([
        Array(left.shape.dropLast(2)), Array(right.shape.dropLast(2)),
      ])
      let sizes = [left.shape[left.shape.count - 2], right.shape[right.shape.count - 1]]
      let dy = Value(try call.dy().reshaped(to: batch + sizes))
      let da = try ProductOperators.product(dy, turned(right)).tensor
      let db = try ProductOperators.product(turned(left), dy).tensor
      return [
        reduced(da, to: left.shape).reshaped(to: a.shape),
        reduced(db, to: right.shape).reshaped(to: b.shape),
      ]
    },
    "Gemm": { (call) throws(OperatorFault) in
      let (a, b) = (try call.call.input(0), try call.call.input(1))
      let (turnsA, turnsB) = (try call.call.flag("transA"), try call.call.flag("transB"))
      let dy = try call.dy()
      let scaled = Value(dy.scaled(by: Float(try call.call.real("alpha", default: 1))))
      // Of the matrices as they are multiplied.
      let da = try ProductOperators.product(scaled, turnsB ? b : turned(b))
      let db = try ProductOperators.product(turnsA ? a : turned(a), scaled)
      let dc = try call.call.optional(2).map { c throws(OperatorFault) in
        reduced(dy.scaled(by: Float(try call.call.real("beta", default: 1))), to: c.shape)
      }
      return [(turnsA ? turned(da) : da).tensor, (turnsB ? turned(db) : db).tensor, dc]
    },
  ]

  /// Matrices with rows and columns exchanged.
  private static func turned(_ value: Value) -> Value {
    let rank = value.shape.count
    return ShapeOperators.transposed(value, Array(0..<rank - 2) + [rank - 1, rank - 2])
  }
}
