internal import Engine
internal import Foundation

/// Values combined element by element, with broadcasting.
enum BinaryOperators {
  static let all: [OperatorDefinition] =
    arithmetic + comparisons + logic + [
      OperatorDefinition("Where", 3...3, select),
      OperatorDefinition("Mean", 1...1000) { call throws(OperatorFault) in
        let inputs = try call.allInputs()
        let sum = try folded(inputs, { $0 + $1 }, { $0 + $1 }, { a, b, _ in a &+ b })
        let share = 1 / Float(inputs.count)
        return [try sum.mapped({ $0 * share }, { $0 / Double(inputs.count) })]
      },
      OperatorDefinition("PRelu", 2...2) { call throws(OperatorFault) in
        [
          try combined(
            try call.input(0), try call.input(1), { $0 < 0 ? $0 * $1 : $0 },
            { $0 < 0 ? $0 * $1 : $0 }, { a, b, _ in a < 0 ? a &* b : a })
        ]
      },
    ]

  private static let arithmetic: [OperatorDefinition] = [
    OperatorDefinition("Add", 2...2) { call throws(OperatorFault) in
      try both(.sum, call, { $0 + $1 }, { $0 + $1 }, { a, b, _ in a &+ b })
    },
    OperatorDefinition("Sub", 2...2) { call throws(OperatorFault) in
      try both(.difference, call, { $0 - $1 }, { $0 - $1 }, { a, b, _ in a &- b })
    },
    OperatorDefinition("Mul", 2...2) { call throws(OperatorFault) in
      try both(.product, call, { $0 * $1 }, { $0 * $1 }, { a, b, _ in a &* b })
    },
    OperatorDefinition("Div", 2...2) { call throws(OperatorFault) in
      try refuseZeros(call)
      return try both(.quotient, call, { $0 / $1 }, { $0 / $1 }, quotient)
    },
    OperatorDefinition("Mod", 2...2, modulo),
    OperatorDefinition("Pow", 2...2, power),
    OperatorDefinition("Sum", 1...1000) { call throws(OperatorFault) in
      [
        try folded(
          try call.allInputs(), { $0 + $1 }, { $0 + $1 }, { a, b, _ in a &+ b })
      ]
    },
    OperatorDefinition("Max", 1...1000) { call throws(OperatorFault) in
      [
        try folded(
          try call.allInputs(), { $0 > $1 || $0.isNaN ? $0 : $1 },
          { $0 > $1 || $0.isNaN ? $0 : $1 }, { a, b, type in isLess(a, b, type) ? b : a })
      ]
    },
    OperatorDefinition("Min", 1...1000) { call throws(OperatorFault) in
      [
        try folded(
          try call.allInputs(), { $0 < $1 || $0.isNaN ? $0 : $1 },
          { $0 < $1 || $0.isNaN ? $0 : $1 }, { a, b, type in isLess(a, b, type) ? a : b })
      ]
    },
    OperatorDefinition("BitShift", 2...2) { call throws(OperatorFault) in
      let isLeft = try call.text("direction", default: "") == "LEFT"
      return try both(
        call, { a, _ in a }, { a, _ in a },
        { a, b, type in
          // Negative distances are too far, too; signs move in from the left.
          let distance = b < 0 ? 64 : b
          if isLeft { return a << distance }
          guard type == .uint64 else { return a >> distance }
          return Int64(bitPattern: UInt64(bitPattern: a) >> UInt64(distance))
        })
    },
    OperatorDefinition("BitwiseAnd", 2...2) { call throws(OperatorFault) in
      try both(call, { a, _ in a }, { a, _ in a }, { a, b, _ in a & b })
    },
    OperatorDefinition("BitwiseOr", 2...2) { call throws(OperatorFault) in
      try both(call, { a, _ in a }, { a, _ in a }, { a, b, _ in a | b })
    },
    OperatorDefinition("BitwiseXor", 2...2) { call throws(OperatorFault) in
      try both(call, { a, _ in a }, { a, _ in a }, { a, b, _ in a ^ b })
    },
  ]

  private static let comparisons: [OperatorDefinition] = [
    comparison("Equal", { $0 == $1 }, { a, b, _ in a == b }),
    comparison("Less", { $0 < $1 }, { a, b, type in isLess(a, b, type) }),
    comparison("LessOrEqual", { $0 <= $1 }, { a, b, type in !isLess(b, a, type) }),
    comparison("Greater", { $0 > $1 }, { a, b, type in isLess(b, a, type) }),
    comparison("GreaterOrEqual", { $0 >= $1 }, { a, b, type in !isLess(a, b, type) }),
  ]

  private static let logic: [OperatorDefinition] = [
    comparison("And", { $0 != 0 && $1 != 0 }, { a, b, _ in a != 0 && b != 0 }),
    comparison("Or", { $0 != 0 || $1 != 0 }, { a, b, _ in a != 0 || b != 0 }),
    comparison("Xor", { ($0 != 0) != ($1 != 0) }, { a, b, _ in (a != 0) != (b != 0) }),
  ]

  /// The order of integers, of which uint64 are bit patterns.
  private static func isLess(_ a: Int64, _ b: Int64, _ type: ElementType) -> Bool {
    type == .uint64 ? UInt64(bitPattern: a) < UInt64(bitPattern: b) : a < b
  }

  private static func quotient(_ a: Int64, _ b: Int64, _ type: ElementType) -> Int64 {
    type == .uint64
      ? Int64(bitPattern: UInt64(bitPattern: a) / UInt64(bitPattern: b))
      : a.dividedReportingOverflow(by: b).partialValue
  }

  private static func refuseZeros(_ call: OperatorCall) throws(OperatorFault) {
    let divisor = try call.input(1)
    if case .integer(let values) = divisor.elements, values.contains(0) {
      throw OperatorFault("an integer is divided by 0")
    }
  }

  /// With the divisor's sign, or with `fmod` the dividend's.
  private static func modulo(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    try refuseZeros(call)
    if try call.flag("fmod") {
      return try both(
        call, { fmodf($0, $1) }, { fmod($0, $1) },
        { a, b, _ in a.remainderReportingOverflow(dividingBy: b).partialValue })
    }
    return try both(
      call,
      {
        let rest = fmodf($0, $1)
        return rest != 0 && (rest < 0) != ($1 < 0) ? rest + $1 : rest
      },
      {
        let rest = fmod($0, $1)
        return rest != 0 && (rest < 0) != ($1 < 0) ? rest + $1 : rest
      },
      { a, b, type in
        if type == .uint64 {
          return Int64(bitPattern: UInt64(bitPattern: a) % UInt64(bitPattern: b))
        }
        let rest = a.remainderReportingOverflow(dividingBy: b).partialValue
        return rest != 0 && (rest < 0) != (b < 0) ? rest &+ b : rest
      })
  }

  /// The exponent may be of another type; the result has the base's.
  private static func power(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (base, exponent) = (try call.input(0), try call.input(1))
    if case .float = base.elements, exponent.count == 1, exponent.doubles == [2] {
      let shape = try Broadcasting.shape([base.shape, exponent.shape])
      return [try base.mapped({ $0 * $0 }, { $0 * $0 }).reshaped(shape)]
    }
    let shape = try Broadcasting.shape([base.shape, exponent.shape])
    let a = Broadcasting.stretched(base, to: shape).doubles
    let b = Broadcasting.stretched(exponent, to: shape).doubles
    let powers = zip(a, b).map { pow($0, $1) }
    return [Value(base.type, shape, doubles: powers)]
  }

  private static func select(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let condition = try call.input(0)
    let (first, second) = (try call.input(1), try call.input(2))
    guard first.type == second.type else {
      throw OperatorFault("it chooses between \(first.type) and \(second.type)")
    }
    let shape = try Broadcasting.shape([condition.shape, first.shape, second.shape])
    let chosen = try Broadcasting.stretched(condition, to: shape).integers()
    // The blocks of one element, first those of the first value, then those of the second.
    let places = [first, second].map { value in
      StridedWalk(
        shape: shape, strides: Broadcasting.strides(value.shape, in: shape), offset: 0
      ).indices
    }
    let joined = Elements.joined([first.elements, second.elements])
    let start = first.count
    let blocks = chosen.indices.map {
      chosen[$0] != 0 ? places[0][$0] : start + places[1][$0]
    }
    return [Value(first.type, shape, joined.blocks(blocks, length: 1))]
  }

  /// The sum of two values.
  static func sum(_ a: Value, _ b: Value) throws(OperatorFault) -> Value {
    if let sum = try fast(.sum, a, b) { return sum }
    return try combined(a, b, { $0 + $1 }, { $0 + $1 }, { a, b, _ in a &+ b })
  }

  /// The engine's function of float32 numbers; nil for other types.
  private static func fast(
    _ function: PairFunction, _ a: Value, _ b: Value
  ) throws(OperatorFault) -> Value? {
    guard a.type == b.type, case .float(let first) = a.elements,
      case .float(let second) = b.elements
    else { return nil }
    let shape = try Broadcasting.shape([a.shape, b.shape])
    let strides = (
      Broadcasting.strides(a.shape, in: shape), Broadcasting.strides(b.shape, in: shape)
    )
    return Value(
      a.type, shape,
      .float(Tensor.combined(function, first, second, shape: shape, strides: strides)))
  }

  /// The same as `both`, by the engine where it can.
  @inline(__always)
  private static func both(
    _ function: PairFunction, _ call: OperatorCall, _ float: (Float, Float) -> Float,
    _ double: (Double, Double) -> Double, _ integer: (Int64, Int64, ElementType) -> Int64
  ) throws(OperatorFault) -> [Value] {
    if let result = try fast(function, try call.input(0), try call.input(1)) { return [result] }
    return try both(call, float, double, integer)
  }

  @inline(__always)
  private static func both(
    _ call: OperatorCall, _ float: (Float, Float) -> Float, _ double: (Double, Double) -> Double,
    _ integer: (Int64, Int64, ElementType) -> Int64
  ) throws(OperatorFault) -> [Value] {
    [try combined(try call.input(0), try call.input(1), float, double, integer)]
  }

  @inline(__always)
  private static func folded(
    _ inputs: [Value], _ float: (Float, Float) -> Float, _ double: (Double, Double) -> Double,
    _ integer: (Int64, Int64, ElementType) -> Int64
  ) throws(OperatorFault) -> Value {
    var result = inputs[0]
    for input in inputs.dropFirst() {
      result = try combined(result, input, float, double, integer)
    }
    return result
  }

  @inline(__always)
  private static func combined(
    _ a: Value, _ b: Value, _ float: (Float, Float) -> Float,
    _ double: (Double, Double) -> Double, _ integer: (Int64, Int64, ElementType) -> Int64
  ) throws(OperatorFault) -> Value {
    guard a.type == b.type else {
      throw OperatorFault("\(a.type) and \(b.type) cannot be combined")
    }
    let shape = try Broadcasting.shape([a.shape, b.shape])
    switch (a.elements, b.elements) {
    case (.float(let first), .float(let second)):
      if first.shape == shape && second.count == 1 {
        let number = second.read { $0[0] }
        var result = first
        result.write { values in
          for index in values.indices { values[index] = float(values[index], number) }
        }
        return Value(a.type, shape, .float(result))
      }
      if first.shape == shape && second.shape == shape {
        var result = first
        result.write { values in
          second.read { other in
            for index in values.indices { values[index] = float(values[index], other[index]) }
          }
        }
        return Value(a.type, shape, .float(result))
      }
      let pair = PairedWalk(a.shape, b.shape, shape: shape)
      var result = Tensor(zeros: shape)
      result.write { target in
        first.read { x in second.read { y in pair.combine(x, y, into: &target, float) } }
      }
      return Value(a.type, shape, .float(result))
    case (.double(let first), .double(let second)):
      var result = [Double](repeating: 0, count: shape.reduce(1, *))
      var target = result.mutableSpan
      PairedWalk(a.shape, b.shape, shape: shape).combine(
        first.span, second.span, into: &target, double)
      return Value(a.type, shape, .double(result))
    case (.integer(let first), .integer(let second)):
      var result = [Int64](repeating: 0, count: shape.reduce(1, *))
      var target = result.mutableSpan
      let type = a.type
      PairedWalk(a.shape, b.shape, shape: shape).combine(first.span, second.span, into: &target) {
        type.wrapped(integer($0, $1, type))
      }
      return Value(type, shape, .integer(result))
    default: throw OperatorFault("\(a.type) and \(b.type) cannot be combined")
    }
  }

  private static func comparison(
    _ name: String, _ real: @escaping @Sendable (Double, Double) -> Bool,
    _ integer: @escaping @Sendable (Int64, Int64, ElementType) -> Bool
  ) -> OperatorDefinition {
    OperatorDefinition(name, 2...2) { call throws(OperatorFault) in
      let (a, b) = (try call.input(0), try call.input(1))
      guard a.type == b.type else {
        throw OperatorFault("\(a.type) and \(b.type) cannot be compared")
      }
      let shape = try Broadcasting.shape([a.shape, b.shape])
      let pair = PairedWalk(a.shape, b.shape, shape: shape)
      var result = [Int64](repeating: 0, count: shape.reduce(1, *))
      var target = result.mutableSpan
      if case .integer(let first) = a.elements, case .integer(let second) = b.elements {
        let type = a.type
        pair.combine(first.span, second.span, into: &target) { integer($0, $1, type) ? 1 : 0 }
      } else {
        pair.combine(a.doubles.span, b.doubles.span, into: &target) { real($0, $1) ? 1 : 0 }
      }
      return [Value(.bool, shape, .integer(result))]
    }
  }
}

/// A walk through two values that are stretched to one shape.
private struct PairedWalk {
  private let shape, first, second: [Int]

  init(_ a: [Int], _ b: [Int], shape: [Int]) {
    self.shape = shape
    first = Broadcasting.strides(a, in: shape)
    second = Broadcasting.strides(b, in: shape)
  }

  @inline(__always)
  func combine<Element: BitwiseCopyable, Result: BitwiseCopyable>(
    _ a: Span<Element>, _ b: Span<Element>, into target: inout MutableSpan<Result>,
    _ function: (Element, Element) -> Result
  ) {
    guard shape.reduce(1, *) > 0 else { return }
    guard let length = shape.last else {
      target[0] = function(a[0], b[0])
      return
    }
    let outer = shape.count - 1
    let (firstStep, secondStep) = (first[outer], second[outer])
    var position = [Int](repeating: 0, count: outer)
    var (x, y, place) = (0, 0, 0)
    while true {
      for index in 0..<length {
        target[place + index] = function(a[x + index * firstStep], b[y + index * secondStep])
      }
      place += length
      var axis = outer - 1
      while axis >= 0 {
        position[axis] += 1
        x += first[axis]
        y += second[axis]
        if position[axis] < shape[axis] { break }
        x -= first[axis] * shape[axis]
        y -= second[axis] * shape[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
