internal import Engine

/// Elements read or written at places that another value names.
enum GatheringOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("Gather", 2...2) { call throws(OperatorFault) in
      let (x, numbers) = (try call.input(0), try call.input(1))
      let place = try axis(try call.integer("axis", default: 0), rank: x.shape.count)
      let places = try indices(try numbers.indices(), length: x.shape[place])
      let shape = Array(x.shape[..<place]) + numbers.shape + x.shape[(place + 1)...]
      _ = try elementCount(shape)
      return [SelectionOperators.picked(x, places, axis: place).reshaped(shape)]
    },
    OperatorDefinition("GatherElements", 2...2) { call throws(OperatorFault) in
      let (x, numbers) = (try call.input(0), try call.input(1))
      let places = try elementPlaces(call, x, numbers)
      return [Value(x.type, numbers.shape, x.elements.blocks(places, length: 1))]
    },
    OperatorDefinition("GatherND", 2...2) { call throws(OperatorFault) in
      let (x, numbers) = (try call.input(0), try call.input(1))
      let batch = try call.integer("batch_dims", default: 0)
      guard let depth = numbers.shape.last, batch >= 0, batch < numbers.shape.count,
        batch + depth <= x.shape.count, x.shape[..<batch] == numbers.shape[..<batch]
      else { throw OperatorFault("indices of \(numbers.shape) do not fit \(x.shape)") }
      let (blocks, length) = try blockPlaces(x, numbers, depth: depth, batch: batch)
      let shape = numbers.shape.dropLast() + x.shape[(batch + depth)...]
      return [Value(x.type, Array(shape), x.elements.blocks(blocks, length: length))]
    },
    OperatorDefinition("ScatterElements", 3...3, scatterElements),
    OperatorDefinition("Scatter", 3...3, scatterElements),
    OperatorDefinition("ScatterND", 3...3) { call throws(OperatorFault) in
      let (x, numbers, updates) = (try call.input(0), try call.input(1), try call.input(2))
      guard let depth = numbers.shape.last, depth <= x.shape.count else {
        throw OperatorFault("indices of \(numbers.shape) do not fit \(x.shape)")
      }
      let (blocks, length) = try blockPlaces(x, numbers, depth: depth, batch: 0)
      guard updates.count == blocks.count * length else {
        throw OperatorFault("updates of \(updates.shape) for indices of \(numbers.shape)")
      }
      return [
        try scattered(
          call, x, updates, blocks.flatMap { block in (0..<length).map { block * length + $0 } })
      ]
    },
  ]

  /// Indices along an axis that may be counted from the end.
  private static func indices(_ numbers: [Int], length: Int) throws(OperatorFault) -> [Int] {
    try numbers.throwingMap { number throws(OperatorFault) in
      let place = number < 0 ? number &+ length : number
      guard place >= 0, place < length else {
        throw OperatorFault("the index \(number) lies outside 0 ..< \(length)")
      }
      return place
    }
  }

  /// The element that each number means along the axis of the call.
  private static func elementPlaces(
    _ call: OperatorCall, _ x: Value, _ numbers: Value
  ) throws(OperatorFault) -> [Int] {
    let place = try axis(try call.integer("axis", default: 0), rank: x.shape.count)
    guard numbers.shape.count == x.shape.count,
      x.shape.indices.allSatisfy({ $0 == place || numbers.shape[$0] <= x.shape[$0] })
    else { throw OperatorFault("indices of \(numbers.shape) do not fit \(x.shape)") }
    let along = try indices(try numbers.indices(), length: x.shape[place])
    var strides = rowMajorStrides(x.shape)
    let step = strides[place]
    strides[place] = 0
    let starts = StridedWalk(shape: numbers.shape, strides: strides, offset: 0).indices
    return zip(starts, along).map { $0 + $1 * step }
  }

  /// The blocks that tuples of `depth` numbers mean, and their length.
  private static func blockPlaces(
    _ x: Value, _ numbers: Value, depth: Int, batch: Int
  ) throws(OperatorFault) -> ([Int], length: Int) {
    let values = try numbers.indices()
    let length = x.shape[(batch + depth)...].reduce(1, *)
    let lengths = Array(x.shape[batch..<batch + depth])
    let perBatch = lengths.reduce(1, *)
    let tuples = numbers.shape.dropLast().reduce(1, *)
    let batches = x.shape[..<batch].reduce(1, *)
    let each = max(1, tuples / max(1, batches))
    let blocks = try (0..<tuples).throwingMap { tuple throws(OperatorFault) in
      var block = 0
      for axis in 0..<depth {
        let place = try indices([values[tuple * depth + axis]], length: lengths[axis])[0]
        block = block * lengths[axis] + place
      }
      return tuple / each * perBatch + block
    }
    return (blocks, length)
  }

  private static func scatterElements(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (x, numbers, updates) = (try call.input(0), try call.input(1), try call.input(2))
    guard updates.shape == numbers.shape else {
      throw OperatorFault("updates of \(updates.shape) for indices of \(numbers.shape)")
    }
    return [try scattered(call, x, updates, try elementPlaces(call, x, numbers))]
  }

  /// A copy of x with updates at the given places, or combined with what is there.
  private static func scattered(
    _ call: OperatorCall, _ x: Value, _ updates: Value, _ places: [Int]
  ) throws(OperatorFault) -> Value {
    enum Reduction: String, CaseIterable { case none, add, mul, max, min }
    guard updates.type == x.type else {
      throw OperatorFault("updates of \(updates.type) for \(x.type)")
    }
    let reduction = try call.choice("reduction", default: Reduction.none)
    guard reduction != .none else {
      var sources = Array(0..<x.count)
      for (index, place) in places.enumerated() { sources[place] = x.count + index }
      let joined = Elements.joined([x.elements, updates.elements])
      return Value(x.type, x.shape, joined.blocks(sources, length: 1))
    }
    var values = x.doubles
    for (place, update) in zip(places, updates.doubles) {
      switch reduction {
      case .none, .add: values[place] += update
      case .mul: values[place] *= update
      case .max: values[place] = Swift.max(values[place], update)
      case .min: values[place] = Swift.min(values[place], update)
      }
    }
    return Value(x.type, x.shape, doubles: values)
  }
}
