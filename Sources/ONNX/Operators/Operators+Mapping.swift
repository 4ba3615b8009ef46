internal import Engine

extension Value {
  /// A function of each element of a real type, computed in float64 only for float64.
  @inline(__always)
  func mapped(
    _ float: @Sendable (Float) -> Float, _ double: (Double) -> Double
  ) throws(OperatorFault) -> Value {
    switch elements {
    case .float(let tensor): return Value(type, shape, .float(tensor.mapped(float)))
    case .double(let values): return Value(type, shape, .double(values.map(double)))
    case .integer: throw OperatorFault("it takes real numbers, not \(type)")
    }
  }

  /// A function of each element, computed in float64 and converted back to the type.
  @inline(__always)
  func mapped(_ function: (Double) -> Double) throws(OperatorFault) -> Value {
    guard type.isReal else { throw OperatorFault("it takes real numbers, not \(type)") }
    return Value(type, shape, doubles: doubles.map(function))
  }

  /// A condition on each element.
  @inline(__always)
  func tested(_ condition: (Double) -> Bool) -> Value {
    Value(.bool, shape, .integer(doubles.map { condition($0) ? 1 : 0 }))
  }
}

extension Tensor {
  /// A function of each value.
  @inline(__always)
  func mapped(_ function: @Sendable (Float) -> Float) -> Tensor {
    var result = self
    result.write { values in
      for index in values.indices { values[index] = function(values[index]) }
    }
    return result
  }
}
