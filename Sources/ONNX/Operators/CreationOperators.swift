internal import Engine

/// Values that come from attributes or a few numbers, and changes of type.
enum CreationOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("Constant", 0...0, constant),
    OperatorDefinition("ConstantOfShape", 1...1) { call throws(OperatorFault) in
      let shape = try call.input(0).indices()
      _ = try elementCount(shape)
      guard case .value(let value)? = call.node.attributes["value"] else {
        return [Value(.float32, shape, .float(Tensor(zeros: shape)))]
      }
      guard value.count == 1 else { throw OperatorFault("its value is no single number") }
      return [Broadcasting.stretched(value.reshaped([]), to: shape)]
    },
    OperatorDefinition("Range", 3...3, range),
    OperatorDefinition("EyeLike", 1...1) { call throws(OperatorFault) in
      let x = try call.input(0)
      guard x.shape.count == 2 else { throw OperatorFault("\(x.shape) is no matrix") }
      let offset = try call.integer("k", default: 0)
      let type = try type(call, "dtype") ?? x.type
      var values = [Double](repeating: 0, count: x.count)
      for row in 0..<x.shape[0] where (0..<x.shape[1]).contains(row + offset) {
        values[row * x.shape[1] + row + offset] = 1
      }
      return [Value(type, x.shape, doubles: values)]
    },
    OperatorDefinition("OneHot", 3...3, oneHot),
    OperatorDefinition("Trilu", 1...2) { call throws(OperatorFault) in
      let x = try call.input(0)
      guard x.shape.count >= 2 else { throw OperatorFault("\(x.shape) holds no matrices") }
      let offset = try call.optional(1)?.indices().first ?? 0
      let isUpper = try call.flag("upper", default: true)
      let (rows, columns) = (x.shape[x.shape.count - 2], x.shape[x.shape.count - 1])
      guard abs(offset) < 1 << 40 else { throw OperatorFault("k is \(offset)") }
      let blocks = (0..<x.count).map { index in
        let distance = index % columns - index / columns % max(1, rows)
        return (isUpper ? distance >= offset : distance <= offset) ? index : -1
      }
      return [Value(x.type, x.shape, x.elements.blocks(blocks, length: 1))]
    },
    OperatorDefinition("Cast", 1...1) { call throws(OperatorFault) in
      guard let type = try type(call, "to") else { throw OperatorFault("'to' is missing") }
      return [try call.input(0).cast(to: type)]
    },
    OperatorDefinition("CastLike", 2...2) { call throws(OperatorFault) in
      [try call.input(0).cast(to: try call.input(1).type)]
    },
  ]

  private static func constant(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    guard let (name, attribute) = call.node.attributes.first else {
      throw OperatorFault("it has no value")
    }
    switch attribute {
    case .value(let value): return [value]
    case .integer(let number): return [Value(integers: [number], shape: [])]
    case .integers(let numbers): return [Value(integers: numbers, shape: [numbers.count])]
    case .real(let number): return [Value(.float32, [], doubles: [number])]
    case .reals(let numbers): return [Value(.float32, [numbers.count], doubles: numbers)]
    case .text, .texts:
      throw OperatorFault(unsupported: "the attribute '\(name)' of Constant, which is text")
    }
  }

  private static func type(
    _ call: OperatorCall, _ name: String
  ) throws(OperatorFault) -> ElementType? {
    guard call.node.attributes[name] != nil else { return nil }
    let number = try call.integer(name, default: 0)
    guard let type = ElementType(number: number) else {
      throw OperatorFault(unsupported: "the element type number \(number)")
    }
    return type
  }

  private static func range(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let bounds = try call.allInputs()
    guard let start = bounds[0].doubles.first, let limit = bounds[1].doubles.first,
      let step = bounds[2].doubles.first, step != 0
    else { throw OperatorFault("a range needs a start, a limit and a step other than 0") }
    let steps = max(0, ((limit - start) / step).rounded(.up))
    guard steps <= 0x1p30 else { throw OperatorFault("a range of \(steps) numbers is too long") }
    return [
      Value(
        bounds[0].type, [Int(steps)],
        doubles: (0..<Int(steps)).map { start + Double($0) * step })
    ]
  }

  private static func oneHot(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let places = try call.input(0)
    guard let depth = try call.input(1).doubles.first, depth >= 1, depth < 0x1p30 else {
      throw OperatorFault("the depth is no positive number")
    }
    let values = try call.input(2)
    guard values.count == 2 else { throw OperatorFault("\(values.count) instead of 2 values") }
    let length = Int(depth)
    let place = try axis(
      try call.integer("axis", default: -1), rank: places.shape.count + 1)
    var shape = places.shape
    shape.insert(length, at: place)
    _ = try elementCount(shape)
    let inner = places.shape[place...].reduce(1, *)
    let hot = places.doubles.map { $0 < 0 ? $0 + depth : $0 }
    let blocks = (0..<shape.reduce(1, *)).map { index in
      let (outer, rest) = index.quotientAndRemainder(dividingBy: inner * length)
      let (level, column) = rest.quotientAndRemainder(dividingBy: inner)
      return hot[outer * inner + column] == Double(level) ? 1 : 0
    }
    return [Value(values.type, shape, values.elements.blocks(blocks, length: 1))]
  }
}

extension Value {
  /// The elements converted to a type; real numbers lose their fraction in integers.
  func cast(to type: ElementType) throws(OperatorFault) -> Value {
    guard type != self.type else { return self }
    switch elements {
    case .float(let tensor) where type == .float32:
      return Value(type, shape, .float(tensor))
    case .integer(let values) where !type.isReal:
      return Value(type, shape, integers: values)
    default: return Value(type, shape, doubles: doubles)
    }
  }
}

extension ElementType {
  /// The type of a number in ONNX's files; nil if dflab has none such.
  init?(number: Int) {
    let types: [Int: ElementType] = [
      1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool,
      10: .float16, 11: .float64, 12: .uint32, 13: .uint64, 16: .bfloat16,
    ]
    guard let type = types[number] else { return nil }
    self = type
  }
}
