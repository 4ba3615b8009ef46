internal import Engine
internal import Foundation

/// Functions of whole rows along an axis.
enum SoftmaxOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("Softmax", 1...1) { call throws(OperatorFault) in
      let x = try call.input(0)
      let type = x.type
      if call.opset >= 13, type == .float32, let length = x.shape.last, x.count > 0,
        try axis(try call.integer("axis", default: -1), rank: x.shape.count) == x.shape.count - 1
      {
        let rows = x.tensor.reshaped(to: [x.count / length, length])
        return [Value(type, x.shape, .float(rows.softmax.reshaped(to: x.shape)))]
      }
      func rounded(_ value: Double) -> Double {
        type == .float64 ? value : Double(type.rounded(Float(value)))
      }
      return try rows(call) { row in
        let largest = row.max() ?? 0
        let powers = row.map { rounded(exp(rounded($0 - largest))) }
        let sum = rounded(powers.reduce(0, +))
        return powers.map { $0 / sum }
      }
    },
    OperatorDefinition("LogSoftmax", 1...1) { call throws(OperatorFault) in
      try rows(call) { row in
        let largest = row.max() ?? 0
        let sum = log(row.reduce(0) { $0 + exp($1 - largest) })
        return row.map { $0 - largest - sum }
      }
    },
    OperatorDefinition("Hardmax", 1...1) { call throws(OperatorFault) in
      try rows(call) { row in
        let first = row.firstIndex(of: row.max() ?? 0)
        return row.indices.map { $0 == first ? 1 : 0 }
      }
    },
    OperatorDefinition("LpNormalization", 1...1) { call throws(OperatorFault) in
      let x = try call.input(0)
      let power = try call.integer("p", default: 2)
      let places = [try axis(try call.integer("axis", default: -1), rank: x.shape.count)]
      return changed(x, along: places) { row in
        let sum = row.reduce(0) { $0 + (power == 1 ? abs($1) : $1 * $1) }
        let length = power == 1 ? sum : sum.squareRoot()
        return row.map { length == 0 ? 0 : $0 / length }
      }
    },
    OperatorDefinition("MeanVarianceNormalization", 1...1) { call throws(OperatorFault) in
      let x = try call.input(0)
      let places = try axes(try call.integers("axes") ?? [0, 2, 3], rank: x.shape.count)
      return changed(x, along: places) { row in
        let mean = row.reduce(0, +) / Double(row.count)
        let square = row.reduce(0) { $0 + $1 * $1 } / Double(row.count)
        let deviation = max(0, square - mean * mean).squareRoot()
        return row.map { ($0 - mean) / (deviation + 1e-9) }
      }
    },
  ]

  /// Along one axis from opset 13 on; before, over all axes from one on.
  private static func rows(
    _ call: OperatorCall, _ change: (ArraySlice<Double>) -> [Double]
  ) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let isOld = call.opset < 13
    let first = try axis(
      try call.integer("axis", default: isOld ? 1 : -1), rank: x.shape.count)
    return changed(x, along: isOld ? Array(first..<x.shape.count) : [first], change)
  }

  private static func changed(
    _ x: Value, along axes: [Int], _ change: (ArraySlice<Double>) -> [Double]
  ) -> [Value] {
    let rows = AxisRows(x, along: axes)
    let values = rows.doubles
    var results: [Double] = []
    results.reserveCapacity(values.count)
    for row in 0..<rows.count {
      results += change(values[row * rows.length..<(row + 1) * rows.length])
    }
    return [rows.restored(results, type: x.type)]
  }
}
