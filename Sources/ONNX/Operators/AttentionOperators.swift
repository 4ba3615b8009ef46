internal import Foundation

/// Attention and what goes with it, computed in float64.
enum AttentionOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("Attention", 3...7, attention),
    OperatorDefinition("RotaryEmbedding", 3...4, rotated),
  ]

  /// Heads `[N, heads, steps, size]`, or `[N, steps, heads · size]`, which is how the result comes.
  private static func attention(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let given = [try call.input(0), try call.input(1), try call.input(2)]
    let rank = given[0].shape.count
    guard given.allSatisfy({ $0.shape.count == rank }), rank == 3 || rank == 4 else {
      throw OperatorFault("queries, keys and values have not three or four dimensions each")
    }
    var parts = given
    if rank == 3 {
      let heads = [
        try call.integer("q_num_heads", default: 0), try call.integer("kv_num_heads", default: 0),
      ]
      for (index, part) in given.enumerated() {
        let count = heads[min(index, 1)]
        guard count > 0, part.shape[2] % count == 0 else {
          throw OperatorFault("\(part.shape) cannot be parted into \(count) heads")
        }
        parts[index] = ShapeOperators.transposed(
          part.reshaped([part.shape[0], part.shape[1], count, part.shape[2] / count]),
          [0, 2, 1, 3])
      }
    }
    let past = call.optional(4)?.shape.count == 4 ? call.optional(4)?.shape[2] ?? 0 : nil
    if let keys = call.optional(4), let values = call.optional(5) {
      parts[1] = try joined(keys, parts[1])
      parts[2] = try joined(values, parts[2])
    }
    let (q, k, v) = (parts[0], parts[1], parts[2])
    let (images, heads, asking, size) = (q.shape[0], q.shape[1], q.shape[2], q.shape[3])
    let (groups, steps, width) = (k.shape[1], k.shape[2], v.shape[3])
    guard k.shape == [images, groups, steps, size], v.shape == [images, groups, steps, width],
      groups > 0, heads % groups == 0
    else { throw OperatorFault("\(q.shape), \(k.shape) and \(v.shape) do not fit together") }
    _ = try elementCount([images, heads, asking, steps])
    let scale = try call.real("scale", default: 1 / Double(size).squareRoot())
    let cap = try call.real("softcap", default: 0)
    let mode = try call.integer("qk_matmul_output_mode", default: 0)
    let lengths = try call.optional(6)?.indices()
    let mask = try AttentionMask(
      call, shape: [images, heads, asking, steps], past: past, lengths: lengths)
    // Both factors are scaled and everything is rounded to the type, as the definition has it.
    let factor = q.type.rounded(Float(scale.squareRoot()))
    let (queries, keys) = (q.scaled(by: factor), k.scaled(by: factor))
    let values = v.doubles
    func rounded(_ value: Double) -> Double {
      q.type == .float64 ? value : Double(q.type.rounded(Float(value)))
    }
    var shown = [Double](repeating: 0, count: images * heads * asking * steps)
    var results = [Double](repeating: 0, count: images * heads * asking * width)
    for head in 0..<images * heads {
      let group = head / heads * groups + head % heads / (heads / groups)
      for row in 0..<asking {
        let query = (head * asking + row) * size
        let place = (head * asking + row) * steps
        var scores = (0..<steps).map { step -> Double in
          let key = (group * steps + step) * size
          var sum = 0.0
          for index in 0..<size { sum += queries[query + index] * keys[key + index] }
          return rounded(sum)
        }
        if mode == 0 { for step in 0..<steps { shown[place + step] = scores[step] } }
        if cap > 0 { scores = scores.map { rounded(cap * tanh($0 / cap)) } }
        if mode == 1 { for step in 0..<steps { shown[place + step] = scores[step] } }
        let biases = (0..<steps).map { mask.bias(head / heads, head % heads, row, $0) }
        for step in 0..<steps { scores[step] = rounded(scores[step] + biases[step]) }
        if mode == 2 { for step in 0..<steps { shown[place + step] = scores[step] } }
        let largest = scores.max() ?? 0
        // A query that may attend to nothing gets nothing.
        let isBlind = biases.allSatisfy { $0 == -.infinity } || largest == -.infinity
        let powers = scores.map { isBlind ? 0 : rounded(exp(rounded($0 - largest))) }
        let sum = rounded(powers.reduce(0, +))
        for step in 0..<steps where !isBlind {
          let share = rounded(powers[step] / sum)
          if mode == 3 { shown[place + step] = share }
          let value = (group * steps + step) * width
          let target = (head * asking + row) * width
          for index in 0..<width { results[target + index] += share * values[value + index] }
        }
      }
    }
    var y = Value(q.type, [images, heads, asking, width], doubles: results)
    if rank == 3 {
      y = ShapeOperators.transposed(y, [0, 2, 1, 3]).reshaped([images, asking, heads * width])
    }
    return [y, k, v, Value(q.type, [images, heads, asking, steps], doubles: shown)]
  }

  private static func joined(_ past: Value, _ new: Value) throws(OperatorFault) -> Value {
    guard past.shape.count == 4, new.type == past.type, past.shape[..<2] == new.shape[..<2],
      past.shape[3] == new.shape[3]
    else { throw OperatorFault("\(past.shape) cannot come before \(new.shape)") }
    // Past steps come first in each head.
    let heads = past.shape[0] * past.shape[1]
    let (before, after) = (past.shape[2], new.shape[2])
    var blocks: [Int] = []
    for head in 0..<heads {
      blocks += head * before..<(head + 1) * before
      blocks += heads * before + head * after..<heads * before + (head + 1) * after
    }
    let elements = Elements.joined([past.elements, new.elements])
    return Value(
      new.type, [past.shape[0], past.shape[1], before + after, past.shape[3]],
      elements.blocks(blocks, length: past.shape[3]))
  }

  /// Pairs of elements turned by the angle of their step.
  private static func rotated(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let given = try call.input(0)
    let (cosines, sines) = (try call.input(1), try call.input(2))
    let positions = try call.optional(3)?.indices()
    let rank = given.shape.count
    var x = given
    if rank == 3 {
      let heads = try call.integer("num_heads", default: 0)
      guard heads > 0, given.shape[2] % heads == 0 else {
        throw OperatorFault("\(given.shape) cannot be parted into \(heads) heads")
      }
      x = given.reshaped([given.shape[0], given.shape[1], heads, given.shape[2] / heads])
    } else if rank == 4 {
      x = ShapeOperators.transposed(given, [0, 2, 1, 3])
    } else {
      throw OperatorFault("\(given.shape) has neither three nor four dimensions")
    }
    let (images, steps, heads, size) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    let chosen = try call.integer("rotary_embedding_dim", default: 0)
    let width = chosen == 0 ? size : chosen
    let half = width / 2
    let rows = positions == nil ? images * steps : cosines.shape.first ?? 0
    guard width > 0, width <= size, width % 2 == 0, cosines.shape == sines.shape,
      cosines.count == rows * half, positions?.count ?? images * steps == images * steps,
      positions?.allSatisfy({ (0..<rows).contains($0) }) ?? true
    else { throw OperatorFault("angles of \(cosines.shape) do not fit \(given.shape)") }
    let isInterleaved = try call.flag("interleaved")
    let (c, s) = (cosines.doubles, sines.doubles)
    var values = x.doubles
    for step in 0..<images * steps {
      let row = (positions?[step] ?? step) * half
      for head in 0..<heads {
        let start = (step * heads + head) * size
        for pair in 0..<half {
          let first = start + (isInterleaved ? 2 * pair : pair)
          let second = isInterleaved ? first + 1 : first + half
          let (a, b) = (values[first], values[second])
          values[first] = a * c[row + pair] - b * s[row + pair]
          values[second] = a * s[row + pair] + b * c[row + pair]
        }
      }
    }
    let y = Value(x.type, x.shape, doubles: values)
    return [rank == 3 ? y.reshaped(given.shape) : ShapeOperators.transposed(y, [0, 2, 1, 3])]
  }
}

extension Value {
  /// The elements times a factor, rounded to the type.
  fileprivate func scaled(by factor: Float) -> [Double] {
    doubles.map {
      type == .float64 ? $0 * Double(factor) : Double(type.rounded(Float($0) * factor))
    }
  }
}

/// What is added to the score of each query and key: −∞ where it may not attend.
private struct AttentionMask {
  private let values: [Double]?
  private let strides: [Int]
  private let width: Int
  private let isCausal: Bool
  private let left, right: Int
  private let past: Int
  private let lengths: [Int]?
  private let asking: Int

  init(
    _ call: OperatorCall, shape: [Int], past: Int?, lengths: [Int]?
  ) throws(OperatorFault) {
    isCausal = try call.flag("is_causal")
    left = try call.integer("left_window_size", default: -1)
    right = try call.integer("right_window_size", default: -1)
    self.past = past ?? 0
    self.lengths = lengths
    asking = shape[2]
    if let lengths, lengths.count != shape[0] {
      throw OperatorFault("\(lengths.count) lengths for \(shape[0]) sequences")
    }
    guard let mask = call.optional(3) else {
      (values, strides, width) = (nil, [], 0)
      return
    }
    // A mask may end before the last key; what is beyond is not attended.
    width = mask.shape.last ?? 1
    let target = shape.dropLast() + [width]
    guard width <= shape[3] || width == 1,
      try Broadcasting.shape([mask.shape, Array(target)]) == Array(target)
    else { throw OperatorFault("a mask of \(mask.shape) does not fit \(shape)") }
    strides = Broadcasting.strides(mask.shape, in: Array(target))
    values =
      mask.type == .bool
      ? mask.doubles.map { $0 == 0 ? -.infinity : 0 } : mask.doubles
  }

  func bias(_ image: Int, _ head: Int, _ row: Int, _ step: Int) -> Double {
    let offset = lengths.map { $0[image] - asking } ?? past
    let distance = row + offset - step
    if isCausal && distance < 0 { return -.infinity }
    if left >= 0 && distance > left || right >= 0 && -distance > right { return -.infinity }
    if let lengths, step >= lengths[image] { return -.infinity }
    guard let values else { return 0 }
    guard step < width || width == 1 else { return -.infinity }
    let place = image * strides[0] + head * strides[1] + row * strides[2] + step * strides[3]
    return values[place]
  }
}
