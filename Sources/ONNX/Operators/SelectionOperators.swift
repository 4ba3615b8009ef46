/// Parts of values, put together or picked by indices.
enum SelectionOperators {
  static let all: [OperatorDefinition] =
    GatheringOperators.all + [
      OperatorDefinition("Concat", 1...100_000, concatenate),
      OperatorDefinition("Split", 1...2, split),
      OperatorDefinition("Slice", 1...5, slice),
      OperatorDefinition("Pad", 1...4, pad),
      OperatorDefinition("CenterCropPad", 2...2, centered),
      OperatorDefinition("NonZero", 1...1) { call throws(OperatorFault) in
        let x = try call.input(0)
        let strides = rowMajorStrides(x.shape)
        let values = x.doubles
        let hits = values.indices.filter { values[$0] != 0 }
        let rank = x.shape.count
        return [
          Value(
            integers: (0..<rank).flatMap { axis in
              hits.map { $0 / strides[axis] % x.shape[axis] }
            }, shape: [rank, hits.count])
        ]
      },
      OperatorDefinition("Compress", 2...2) { call throws(OperatorFault) in
        let condition = try call.input(1).integers()
        var x = try call.input(0)
        var place = 0
        if call.node.attributes["axis"] == nil {
          x = x.reshaped([x.count])
        } else {
          place = try axis(try call.integer("axis", default: 0), rank: x.shape.count)
        }
        let kept = condition.indices.filter { condition[$0] != 0 }
        guard kept.allSatisfy({ $0 < x.shape[place] }) else {
          throw OperatorFault("the condition is longer than the axis")
        }
        return [picked(x, kept, axis: place)]
      },
      OperatorDefinition("ReverseSequence", 2...2, reverse),
    ]

  /// The given places along an axis, each negative one filled.
  static func picked(_ x: Value, _ places: [Int], axis: Int, fill: Double = 0) -> Value {
    let outer = x.shape[..<axis].reduce(1, *)
    let inner = x.shape[(axis + 1)...].reduce(1, *)
    let length = x.shape[axis]
    var shape = x.shape
    shape[axis] = places.count
    let blocks = (0..<outer).flatMap { block in
      places.map { $0 < 0 ? -1 : block * length + $0 }
    }
    return Value(x.type, shape, x.elements.blocks(blocks, length: inner, fill: fill))
  }

  private static func concatenate(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let parts = try call.allInputs()
    let first = parts[0]
    let place = try axis(try call.integer("axis", default: 1), rank: first.shape.count)
    for part in parts {
      var shape = part.shape
      guard part.type == first.type, shape.count == first.shape.count else {
        throw OperatorFault("\(part.type) \(shape) cannot join \(first.type) \(first.shape)")
      }
      shape[place] = first.shape[place]
      guard shape == first.shape else {
        throw OperatorFault("\(part.shape) cannot join \(first.shape) along axis \(place)")
      }
    }
    // With the axis first, the parts follow each other in memory.
    let rank = first.shape.count
    let order = [place] + (0..<rank).filter { $0 != place }
    var shape = first.shape
    shape[place] = parts.reduce(0) { $0 + $1.shape[place] }
    _ = try elementCount(shape)
    let joined = Elements.joined(parts.map { ShapeOperators.transposed($0, order).elements })
    let moved = Value(first.type, order.map { shape[$0] }, joined)
    return [ShapeOperators.transposed(moved, (0..<rank).map { order.firstIndex(of: $0) ?? 0 })]
  }

  private static func split(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let place = try axis(try call.integer("axis", default: 0), rank: x.shape.count)
    let length = x.shape[place]
    let lengths: [Int]
    if let given = try call.integers("split", orInput: 1) {
      lengths = given
    } else {
      let count = try call.integer("num_outputs", default: call.node.outputs.count)
      guard count > 0 else { throw OperatorFault("it has no outputs") }
      let part = (length + count - 1) / count
      lengths = (0..<count).map { min(part, max(0, length - $0 * part)) }
    }
    guard lengths.allSatisfy({ $0 >= 0 && $0 <= length }), lengths.reduce(0, +) == length else {
      throw OperatorFault("parts of \(lengths) do not make up the length \(length)")
    }
    var start = 0
    return lengths.map { part in
      defer { start += part }
      return section(x, axis: place, from: start, count: part, step: 1)
    }
  }

  /// Some places along an axis, a step apart.
  private static func section(
    _ x: Value, axis: Int, from start: Int, count: Int, step: Int
  ) -> Value {
    guard start != 0 || count != x.shape[axis] || step != 1 else { return x }
    var strides = rowMajorStrides(x.shape)
    let offset = start * strides[axis]
    strides[axis] *= step
    var shape = x.shape
    shape[axis] = count
    return Value(x.type, shape, x.elements.walked(shape, strides: strides, offset: offset))
  }

  private static func slice(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    var x = try call.input(0)
    guard let starts = try call.integers("starts", orInput: 1),
      let ends = try call.integers("ends", orInput: 2)
    else { throw OperatorFault("it needs starts and ends") }
    let given = try call.integers("axes", orInput: 3) ?? Array(starts.indices)
    let places = try axes(given, rank: x.shape.count)
    let steps = try call.optional(4)?.indices() ?? starts.map { _ in 1 }
    guard ends.count == starts.count, places.count == starts.count, steps.count == starts.count,
      steps.allSatisfy({ $0 != 0 && $0 != .min })
    else { throw OperatorFault("starts, ends, axes and steps do not fit together") }
    for (index, place) in places.enumerated() {
      let length = x.shape[place]
      let step = steps[index]
      func bound(_ number: Int) -> Int {
        let place = number < 0 ? number &+ length : number
        return step > 0 ? min(max(place, 0), length) : min(max(place, -1), length - 1)
      }
      let start = bound(starts[index])
      // A start before the first element is the first one, also backwards.
      let first = step < 0 ? max(start, length == 0 ? -1 : 0) : start
      let end = bound(ends[index])
      let distance = step > 0 ? end - first : first - end
      let count = distance <= 0 ? 0 : (distance - 1) / abs(step) + 1
      x = section(x, axis: place, from: count == 0 ? 0 : first, count: count, step: step)
    }
    return [x]
  }

  private static func pad(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    enum Mode: String, CaseIterable { case constant, reflect, edge, wrap }
    var x = try call.input(0)
    let mode = try call.choice("mode", default: Mode.constant)
    guard let widths = try call.integers("pads", orInput: 1) else {
      throw OperatorFault("it needs the widths of its pads")
    }
    let fill = try call.real("value", default: call.optional(2)?.doubles.first ?? 0)
    let places =
      try call.optional(3).map { value throws(OperatorFault) in
        try axes(try value.indices(), rank: x.shape.count)
      } ?? Array(x.shape.indices)
    guard widths.count == 2 * places.count else {
      throw OperatorFault("\(widths.count) widths for \(places.count) axes")
    }
    var final = x.shape
    for (index, place) in places.enumerated() {
      let (before, after) = (widths[index], widths[index + places.count])
      guard abs(before) <= 1 << 30, abs(after) <= 1 << 30 else {
        throw OperatorFault("the widths \(widths) are impossible")
      }
      final[place] += before + after
    }
    _ = try elementCount(final)
    for (index, place) in places.enumerated() {
      let (before, length) = (widths[index], x.shape[place])
      guard before != 0 || final[place] != length else { continue }
      guard length > 0 || mode == .constant else {
        throw OperatorFault("an empty axis has no values to repeat")
      }
      let period = 2 * (length - 1)
      let sources = (0..<final[place]).map { target -> Int in
        let source = target - before
        if (0..<length).contains(source) { return source }
        switch mode {
        case .constant: return -1
        case .edge: return min(max(source, 0), length - 1)
        case .wrap: return (source % length + length) % length
        case .reflect:
          guard period > 0 else { return 0 }
          let place = (source % period + period) % period
          return place < length ? place : period - place
        }
      }
      x = picked(x, sources, axis: place, fill: fill)
    }
    return [x]
  }

  private static func centered(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    var x = try call.input(0)
    let lengths = try call.input(1).indices()
    let places = try axes(
      try call.integers("axes") ?? Array(x.shape.indices), rank: x.shape.count)
    guard lengths.count == places.count else {
      throw OperatorFault("\(lengths.count) lengths for \(places.count) axes")
    }
    for (length, place) in zip(lengths, places) {
      let own = x.shape[place]
      guard length >= 0, length <= 1 << 30 else { throw OperatorFault("the length \(length)") }
      let start = own > length ? (own - length) / 2 : -((length - own) / 2)
      x = picked(
        x, (0..<length).map { (0..<own).contains($0 + start) ? $0 + start : -1 }, axis: place)
      _ = try elementCount(x.shape)
    }
    return [x]
  }

  private static func reverse(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let lengths = try call.input(1).indices()
    let time = try axis(try call.integer("time_axis", default: 0), rank: x.shape.count)
    let batch = try axis(try call.integer("batch_axis", default: 1), rank: x.shape.count)
    guard time != batch, lengths.count == x.shape[batch],
      lengths.allSatisfy({ $0 >= 0 && $0 <= x.shape[time] })
    else { throw OperatorFault("the lengths \(lengths) do not fit the shape \(x.shape)") }
    let strides = rowMajorStrides(x.shape)
    let blocks = (0..<x.count).map { index in
      let step = index / strides[time] % x.shape[time]
      let length = lengths[index / strides[batch] % x.shape[batch]]
      return step < length ? index + (length - 1 - 2 * step) * strides[time] : index
    }
    return [Value(x.type, x.shape, x.elements.blocks(blocks, length: 1))]
  }
}
