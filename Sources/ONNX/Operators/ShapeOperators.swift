internal import Engine

/// Operators that look at shapes or change them.
enum ShapeOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("Shape", 1...1) { call throws(OperatorFault) in
      let shape = try call.input(0).shape
      let rank = shape.count
      func bound(_ index: Int) -> Int { min(max(index < 0 ? index + rank : index, 0), rank) }
      let start = bound(try call.integer("start", default: 0))
      let end = bound(try call.integer("end", default: rank))
      let part = Array(start < end ? shape[start..<end] : [])
      return [Value(integers: part, shape: [part.count])]
    },
    OperatorDefinition("Size", 1...1) { call throws(OperatorFault) in
      [Value(integers: [try call.input(0).count], shape: [])]
    },
    OperatorDefinition("Reshape", 2...2, reshape),
    OperatorDefinition("Flatten", 1...1) { call throws(OperatorFault) in
      let x = try call.input(0)
      let rank = x.shape.count
      let given = try call.integer("axis", default: 1)
      let place = given < 0 ? given + rank : given
      guard place >= 0, place <= rank else {
        throw OperatorFault("there is no axis \(given) among \(rank)")
      }
      return [
        x.reshaped([x.shape[..<place].reduce(1, *), x.shape[place...].reduce(1, *)])
      ]
    },
    OperatorDefinition("Squeeze", 1...2) { call throws(OperatorFault) in
      let x = try call.input(0)
      let given = try call.integers("axes", orInput: 1)
      let places =
        try given.map { numbers throws(OperatorFault) in
          try axes(numbers, rank: x.shape.count)
        } ?? x.shape.indices.filter { x.shape[$0] == 1 }
      guard places.allSatisfy({ x.shape[$0] == 1 }) else {
        throw OperatorFault("the axes \(places) of \(x.shape) have not all the length 1")
      }
      return [
        x.reshaped(x.shape.indices.filter { !places.contains($0) }.map { x.shape[$0] })
      ]
    },
    OperatorDefinition("Unsqueeze", 1...2) { call throws(OperatorFault) in
      let x = try call.input(0)
      let given = try call.integers("axes", orInput: 1) ?? []
      let rank = x.shape.count + given.count
      let places = try axes(given, rank: rank)
      var rest = x.shape[...]
      return [
        x.reshaped((0..<rank).map { places.contains($0) ? 1 : rest.removeFirst() })
      ]
    },
    OperatorDefinition("Transpose", 1...1) { call throws(OperatorFault) in
      let x = try call.input(0)
      let order = try call.integers("perm") ?? x.shape.indices.reversed()
      guard order.sorted() == Array(x.shape.indices) else {
        throw OperatorFault("\(order) is no order of \(x.shape.count) axes")
      }
      return [transposed(x, order)]
    },
    OperatorDefinition("Expand", 2...2) { call throws(OperatorFault) in
      let x = try call.input(0)
      let shape = try Broadcasting.shape([x.shape, try call.input(1).indices()])
      return [Broadcasting.stretched(x, to: shape)]
    },
    OperatorDefinition("Tile", 2...2) { call throws(OperatorFault) in
      let x = try call.input(0)
      let repeats = try call.input(1).indices()
      guard repeats.count == x.shape.count, repeats.allSatisfy({ $0 >= 0 }) else {
        throw OperatorFault("\(repeats) repeats do not fit the shape \(x.shape)")
      }
      let shape = zip(x.shape, repeats).map { $0 &* $1 }
      _ = try elementCount(shape)
      // Each axis as two: the repetition, which takes no step, and the axis itself.
      let strides = rowMajorStrides(x.shape)
      return [
        Value(
          x.type, shape,
          x.elements.walked(
            x.shape.indices.flatMap { [repeats[$0], x.shape[$0]] },
            strides: x.shape.indices.flatMap { [0, strides[$0]] }))
      ]
    },
    OperatorDefinition("DepthToSpace", 1...1) { call throws(OperatorFault) in
      let (x, n, c, h, w, size) = try picture(call)
      guard c % (size * size) == 0 else {
        throw OperatorFault("\(c) channels cannot become blocks of \(size)")
      }
      let depth = c / (size * size)
      let isCRD = try call.text("mode", default: "DCR") == "CRD"
      let split = isCRD ? [n, depth, size, size, h, w] : [n, size, size, depth, h, w]
      let order = isCRD ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
      return [transposed(x.reshaped(split), order).reshaped([n, depth, h * size, w * size])]
    },
    OperatorDefinition("SpaceToDepth", 1...1) { call throws(OperatorFault) in
      let (x, n, c, h, w, size) = try picture(call)
      guard h % size == 0, w % size == 0 else {
        throw OperatorFault("\(h)×\(w) pixels cannot become blocks of \(size)")
      }
      let split = [n, c, h / size, size, w / size, size]
      let isCRD = try call.text("mode", default: "DCR") == "CRD"
      return [
        transposed(x.reshaped(split), isCRD ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4])
          .reshaped([n, c * size * size, h / size, w / size])
      ]
    },
  ]

  /// The value with its axes in another order.
  static func transposed(_ x: Value, _ order: [Int]) -> Value {
    guard order != Array(x.shape.indices) else { return x }
    if case .float(let tensor) = x.elements {
      return Value(x.type, order.map { x.shape[$0] }, .float(tensor.arranged(order)))
    }
    let strides = rowMajorStrides(x.shape)
    let shape = order.map { x.shape[$0] }
    return Value(x.type, shape, x.elements.walked(shape, strides: order.map { strides[$0] }))
  }

  /// 0 keeps a length, unless `allowzero` is set; one −1 takes what is left.
  private static func reshape(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let keepsZeros = try call.flag("allowzero")
    var shape = try call.input(1).indices()
    let wanted = shape
    for index in shape.indices where shape[index] == 0 && !keepsZeros {
      guard index < x.shape.count else {
        throw OperatorFault("there is no axis \(index) in \(x.shape)")
      }
      shape[index] = x.shape[index]
    }
    if let free = shape.firstIndex(of: -1) {
      let others = try elementCount(shape.enumerated().map { $0.offset == free ? 1 : $0.element })
      shape[free] = others == 0 ? 0 : x.count / others
    }
    guard try elementCount(shape) == x.count else {
      throw OperatorFault("\(x.shape) cannot be seen as \(wanted)")
    }
    return [x.reshaped(shape)]
  }

  private static func picture(
    _ call: OperatorCall
  ) throws(OperatorFault) -> (Value, n: Int, c: Int, h: Int, w: Int, size: Int) {
    let x = try call.input(0)
    let size = try call.integer("blocksize", default: 0)
    guard x.shape.count == 4, size > 0, size < 1 << 15 else {
      throw OperatorFault("blocks of \(size) in the shape \(x.shape)")
    }
    return (x, x.shape[0], x.shape[1], x.shape[2], x.shape[3], size)
  }
}
