internal import Engine
internal import Foundation

/// Values brought to a mean and a deviation, computed in float64.
enum NormalizationOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("BatchNormalization", 5...5, batch),
    OperatorDefinition("InstanceNormalization", 3...3) { call throws(OperatorFault) in
      let (x, gain, shift) = (try call.input(0), try call.input(1), try call.input(2))
      guard x.shape.count >= 2, gain.shape == [x.shape[1]], shift.shape == gain.shape else {
        throw OperatorFault("\(gain.shape) and \(shift.shape) do not fit \(x.shape)")
      }
      let rows = standardized(
        x, from: 2, epsilon: try call.real("epsilon", default: 1e-5), isCentered: true)
      return [affine(rows.value, gain.doubles, shift.doubles, along: 1)]
    },
    OperatorDefinition("GroupNormalization", 3...3, groups),
    OperatorDefinition("LayerNormalization", 2...3) { call throws(OperatorFault) in
      try rows(call, isCentered: true)
    },
    OperatorDefinition("RMSNormalization", 2...2) { call throws(OperatorFault) in
      [try rows(call, isCentered: false)[0]]
    },
    OperatorDefinition("LRN", 1...1, local),
  ]

  /// Each element times its channel's gain, plus its shift.
  private static func affine(
    _ x: Value, _ gain: [Double], _ shift: [Double], along axis: Int
  ) -> Value {
    let inner = x.shape[(axis + 1)...].reduce(1, *)
    let channels = x.shape[axis]
    var values = x.doubles
    for index in values.indices {
      let channel = index / inner % channels
      values[index] = values[index] * gain[channel] + shift[channel]
    }
    return Value(x.type, x.shape, doubles: values)
  }

  /// Running statistics in inference; in training mode those of the batch, which also move the
  /// running ones.
  private static func batch(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    guard x.shape.count >= 2 else { throw OperatorFault("\(x.shape) is not [N, C, ...]") }
    let channels = x.shape[1]
    for index in 1...4 where try call.input(index).shape != [channels] {
      throw OperatorFault("input \(index) is not of the shape [\(channels)]")
    }
    let epsilon = try call.real("epsilon", default: 1e-5)
    let (gain, shift) = (try call.input(1).doubles, try call.input(2).doubles)
    var (mean, variance) = (try call.input(3).doubles, try call.input(4).doubles)
    var running: [Value] = []
    if try call.flag("training_mode") {
      let rows = AxisRows(x, along: [0] + Array(2..<x.shape.count))
      let values = rows.doubles
      let momentum = try call.real("momentum", default: 0.9)
      let before = (mean, variance)
      for channel in 0..<channels {
        let row = values[channel * rows.length..<(channel + 1) * rows.length]
        mean[channel] = row.reduce(0, +) / Double(rows.length)
        variance[channel] =
          row.reduce(0) { $0 + ($1 - mean[channel]) * ($1 - mean[channel]) } / Double(rows.length)
      }
      func moved(_ old: [Double], _ new: [Double], _ index: Int) throws(OperatorFault) -> Value {
        Value(
          try call.input(index).type, [channels],
          doubles: zip(old, new).map { $0 * momentum + $1 * (1 - momentum) })
      }
      running = [try moved(before.0, mean, 3), try moved(before.1, variance, 4)]
    }
    let scale = (0..<channels).map { gain[$0] / (variance[$0] + epsilon).squareRoot() }
    let offset = (0..<channels).map { shift[$0] - mean[$0] * scale[$0] }
    return [affine(x, scale, offset, along: 1)] + running
  }

  private static func groups(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (x, gain, shift) = (try call.input(0), try call.input(1), try call.input(2))
    let groups = try call.integer("num_groups", default: 0)
    guard x.shape.count >= 2, groups > 0, x.shape[1] % groups == 0,
      gain.shape == shift.shape, gain.shape == [x.shape[1]] || gain.shape == [groups]
    else {
      throw OperatorFault("\(groups) groups and \(gain.shape) gains do not fit \(x.shape)")
    }
    let channels = x.shape[1]
    let rows = standardized(
      x.reshaped([x.shape[0], groups, x.shape[1...].reduce(1, *) / groups]), from: 2,
      epsilon: try call.real("epsilon", default: 1e-5), isCentered: true)
    // Up to opset 20 there is one gain for each group.
    func each(_ values: [Double]) -> [Double] {
      (0..<channels).map { values[$0 * values.count / channels] }
    }
    return [
      affine(rows.value.reshaped(x.shape), each(gain.doubles), each(shift.doubles), along: 1)
    ]
  }

  private static func rows(
    _ call: OperatorCall, isCentered: Bool
  ) throws(OperatorFault) -> [Value] {
    let (x, gain) = (try call.input(0), try call.input(1))
    let first = try axis(try call.integer("axis", default: -1), rank: x.shape.count)
    if isCentered, let fast = try normalized(call, x, gain, from: first) { return [fast] }
    let rows = standardized(
      x, from: first, epsilon: try call.real("epsilon", default: 1e-5), isCentered: isCentered)
    let inner = Array(x.shape[first...])
    func stretched(_ value: Value) throws(OperatorFault) -> [Double] {
      guard try Broadcasting.shape([value.shape, inner]) == inner else {
        throw OperatorFault("\(value.shape) does not fit rows of \(inner)")
      }
      return Broadcasting.stretched(value, to: inner).doubles
    }
    let length = inner.reduce(1, *)
    let factors = try stretched(gain)
    let offsets =
      try call.optional(2).map { value throws(OperatorFault) in try stretched(value) }
      ?? [Double](repeating: 0, count: length)
    let flat = rows.value.reshaped([x.count / max(1, length), length])
    let outer = Array(x.shape[..<first]) + inner.map { _ in 1 }
    return [
      affine(flat, factors, offsets, along: 1).reshaped(x.shape),
      Value(.float32, outer, doubles: rows.means),
      Value(.float32, outer, doubles: rows.factors),
    ]
  }

  /// The engine's normalization of float32 rows, whose mean and factor nothing reads; nil for others.
  private static func normalized(
    _ call: OperatorCall, _ x: Value, _ gain: Value, from axis: Int
  ) throws(OperatorFault) -> Value? {
    let inner = Array(x.shape[axis...])
    let length = inner.reduce(1, *)
    let shift = call.optional(2)
    guard x.type == .float32, gain.type == .float32, gain.shape == inner, x.count > 0,
      shift?.shape ?? inner == inner, call.node.outputs.dropFirst().allSatisfy({ $0 == nil })
    else { return nil }
    let rows = x.tensor.reshaped(to: [x.count / length, length]).layerNorm(
      gain: gain.tensor.reshaped(to: [length]),
      shift: shift?.tensor.reshaped(to: [length]) ?? Tensor(zeros: [length]),
      epsilon: Float(try call.real("epsilon", default: 1e-5)))
    return Value(.float32, x.shape, .float(rows.reshaped(to: x.shape)))
  }

  /// Rows over all axes from one on with mean 0, or as they are, and mean square 1.
  private static func standardized(
    _ x: Value, from axis: Int, epsilon: Double, isCentered: Bool
  ) -> (value: Value, means: [Double], factors: [Double]) {
    let length = max(1, x.shape[axis...].reduce(1, *))
    var values = x.doubles
    var (means, factors) = ([Double](), [Double]())
    for start in stride(from: 0, to: values.count, by: length) {
      let row = start..<start + length
      let mean = isCentered ? values[row].reduce(0, +) / Double(length) : 0
      let square = values[row].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
      let factor = 1 / (square + epsilon).squareRoot()
      for index in row { values[index] = (values[index] - mean) * factor }
      means.append(mean)
      factors.append(factor)
    }
    return (Value(x.type, x.shape, doubles: values), means, factors)
  }

  /// By the squares of neighboring channels.
  private static func local(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let size = try call.integer("size", default: 0)
    guard x.shape.count >= 3, size > 0 else {
      throw OperatorFault("\(size) channels of \(x.shape)")
    }
    let (alpha, beta, bias) = (
      try call.real("alpha", default: 1e-4), try call.real("beta", default: 0.75),
      try call.real("bias", default: 1)
    )
    let channels = x.shape[1]
    let inner = x.shape[2...].reduce(1, *)
    let values = x.doubles
    let results = values.indices.map { index -> Double in
      let channel = index / inner % channels
      let first = max(0, channel - (size - 1) / 2)
      let last = min(channels - 1, channel + size / 2)
      let sum = (first...last).reduce(0.0) {
        let value = values[index + ($1 - channel) * inner]
        return $0 + value * value
      }
      return values[index] / pow(bias + alpha / Double(size) * sum, beta)
    }
    return [Value(x.type, x.shape, doubles: results)]
  }
}
