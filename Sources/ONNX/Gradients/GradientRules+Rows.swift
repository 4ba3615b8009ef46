internal import Engine
internal import Foundation

/// Functions of whole rows: sums and extremes, softmax, normalizations.
extension GradientRules {
  static let rows: [String: GradientRule] = [
    "ReduceSum": { (call) throws(OperatorFault) in
      try reduction(call) { _, _, _ in 1 }
    },
    "ReduceMean": { (call) throws(OperatorFault) in
      try reduction(call) { _, _, length in 1 / Float(length) }
    },
    "ReduceL2": { (call) throws(OperatorFault) in
      try reduction(call) { x, y, _ in y == 0 ? 0 : x / y }
    },
    "ReduceSumSquare": { (call) throws(OperatorFault) in
      try reduction(call) { x, _, _ in 2 * x }
    },
    "ReduceMax": { (call) throws(OperatorFault) in
      try reduction(call) { x, y, _ in x == y ? 1 : 0 }
    },
    "ReduceMin": { (call) throws(OperatorFault) in
      try reduction(call) { x, y, _ in x == y ? 1 : 0 }
    },
    "GlobalAveragePool": { (call) throws(OperatorFault) in
      let x = try call.x()
      let factor = 1 / Float(max(1, x.shape.dropFirst(2).reduce(1, *)))
      return [stretched(try call.dy().scaled(by: factor), to: x.shape)]
    },
    "GlobalMaxPool": { (call) throws(OperatorFault) in
      let (x, y) = (try call.x(), try call.y())
      let largest = stretched(y, to: x.shape).values
      var dx = stretched(try call.dy(), to: x.shape)
      dx.write { dx in
        x.read { x in for index in dx.indices where x[index] != largest[index] { dx[index] = 0 } }
      }
      return [dx]
    },
    "Softmax": { (call) throws(OperatorFault) in
      try alongRows(call, try softmaxAxes(call.call)) { _, y, dy in
        let mean = zip(y, dy).reduce(0) { $0 + $1.0 * $1.1 }
        return zip(y, dy).map { $0 * ($1 - mean) }
      }
    },
    "LogSoftmax": { (call) throws(OperatorFault) in
      try alongRows(call, try softmaxAxes(call.call)) { _, y, dy in
        let sum = dy.reduce(0, +)
        return zip(y, dy).map { $1 - exp($0) * sum }
      }
    },
    "LayerNormalization": { (call) throws(OperatorFault) in
      let first = try axis(
        try call.call.integer("axis", default: -1), rank: try call.x().shape.count)
      return try normalization(call, from: first, isCentered: true)
    },
    "RMSNormalization": { (call) throws(OperatorFault) in
      let first = try axis(
        try call.call.integer("axis", default: -1), rank: try call.x().shape.count)
      return try normalization(call, from: first, isCentered: false)
    },
    "InstanceNormalization": { (call) throws(OperatorFault) in
      let channels = try call.x(1)
      let rank = try call.x().shape.count
      let gain = channels.reshaped(
        to: [channels.count] + [Int](repeating: 1, count: max(0, rank - 2)))
      return try normalization(call, gain: gain, from: 2, isCentered: true)
    },
  ]

  private static func softmaxAxes(_ call: OperatorCall) throws(OperatorFault) -> [Int] {
    let rank = try call.input(0).shape.count
    let isOld = call.opset < 13
    let first = try axis(try call.integer("axis", default: isOld ? 1 : -1), rank: rank)
    return isOld ? Array(first..<rank) : [first]
  }

  /// dx = dy · slope(x, y, length of a row).
  private static func reduction(
    _ call: GradientCall, _ slope: (_ x: Float, _ y: Float, _ length: Int) -> Float
  ) throws(OperatorFault) -> [Tensor?] {
    let x = try call.x()
    var places = try axes(try call.call.integers("axes", orInput: 1) ?? [], rank: x.shape.count)
    if places.isEmpty {
      // Nothing is reduced, and the value is not changed by any of these.
      if try call.call.flag("noop_with_empty_axes") { return [try call.dy(), nil] }
      places = Array(x.shape.indices)
    }
    let kept = x.shape.indices.map { places.contains($0) ? 1 : x.shape[$0] }
    let length = places.reduce(1) { $0 * x.shape[$1] }
    let y = stretched(try call.y().reshaped(to: kept), to: x.shape).values
    var dx = stretched(try call.dy().reshaped(to: kept), to: x.shape)
    dx.write { dx in
      x.read { x in for index in dx.indices { dx[index] *= slope(x[index], y[index], length) } }
    }
    return [dx, nil]
  }

  /// A function of each row of x, y and dy, in float64.
  private static func alongRows(
    _ call: GradientCall, _ axes: [Int],
    _ slope: (_ x: ArraySlice<Double>, _ y: ArraySlice<Double>, _ dy: ArraySlice<Double>)
      -> [Double]
  ) throws(OperatorFault) -> [Tensor?] {
    let rows = AxisRows(Value(try call.x()), along: axes)
    let x = rows.doubles
    let y = AxisRows(Value(try call.y()), along: axes).doubles
    let dy = AxisRows(Value(try call.dy()), along: axes).doubles
    var results: [Double] = []
    results.reserveCapacity(x.count)
    for row in 0..<rows.count {
      let places = row * rows.length..<(row + 1) * rows.length
      results += slope(x[places], y[places], dy[places])
    }
    return [rows.restored(results, type: .float32).tensor]
  }

  /// Rows over all axes from one on, brought to mean square 1, and if centered to mean 0 before, then times a
  /// gain, which is constant as the shift is.
  ///
  /// - Parameter gain: repeated over what a row and the axis before it hold; the second input if nil.
  private static func normalization(
    _ call: GradientCall, gain: Tensor? = nil, from first: Int, isCentered: Bool
  ) throws(OperatorFault) -> [Tensor?] {
    let x = try call.x()
    let gain = if let gain { gain } else { try call.x(1) }
    let epsilon = try call.call.real("epsilon", default: 1e-5)
    let length = max(1, x.shape[first...].reduce(1, *))
    let inputs = x.values.map { Double($0) }
    var slopes = try combined(.product, try call.dy(), gain).values.map { Double($0) }
    guard slopes.count == inputs.count else { throw OperatorFault("its gain is larger than rows") }
    for start in stride(from: 0, to: slopes.count, by: length) {
      let row = start..<start + length
      let mean = isCentered ? inputs[row].reduce(0, +) / Double(length) : 0
      let square = inputs[row].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
      let factor = 1 / (square + epsilon).squareRoot()
      let constant = isCentered ? slopes[row].reduce(0, +) / Double(length) : 0
      let along =
        row.reduce(0) { $0 + slopes[$1] * (inputs[$1] - mean) } * factor / Double(length)
      for index in row {
        slopes[index] =
          factor * (slopes[index] - constant - (inputs[index] - mean) * factor * along)
      }
    }
    let dx = Tensor(shape: x.shape, values: slopes.map { Float($0) })
    return [dx] + call.call.inputs.dropFirst().map { _ in nil }
  }
}
