internal import Foundation

/// Rows along axes made one number each, computed in float64.
enum ReductionOperators {
  static let all: [OperatorDefinition] = [
    reduction("ReduceSum") { $0.reduce(0, +) },
    reduction("ReduceMean") { $0.reduce(0, +) / Double($0.count) },
    reduction("ReduceProd") { $0.reduce(1, *) },
    reduction("ReduceMax") { $0.reduce(-.infinity) { $0 > $1 || $0.isNaN ? $0 : $1 } },
    reduction("ReduceMin") { $0.reduce(.infinity) { $0 < $1 || $0.isNaN ? $0 : $1 } },
    reduction("ReduceL1") { $0.reduce(0) { $0 + abs($1) } },
    reduction("ReduceL2") { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() },
    reduction("ReduceSumSquare") { $0.reduce(0) { $0 + $1 * $1 } },
    reduction("ReduceLogSum") { log($0.reduce(0, +)) },
    reduction("ReduceLogSumExp") { row in
      let largest = row.max() ?? -.infinity
      guard largest.isFinite else { return largest }
      return largest + log(row.reduce(0) { $0 + exp($1 - largest) })
    },
    OperatorDefinition("ArgMax", 1...1) { call throws(OperatorFault) in
      try extreme(call) { $0 > $1 }
    },
    OperatorDefinition("ArgMin", 1...1) { call throws(OperatorFault) in
      try extreme(call) { $0 < $1 }
    },
    OperatorDefinition("CumSum", 2...2) { call throws(OperatorFault) in
      try cumulated(call, start: 0, +)
    },
    OperatorDefinition("CumProd", 2...2) { call throws(OperatorFault) in
      try cumulated(call, start: 1, *)
    },
    OperatorDefinition("TopK", 1...2, largest),
  ]

  private static func reduction(
    _ name: String, _ reduce: @escaping @Sendable (ArraySlice<Double>) -> Double
  ) -> OperatorDefinition {
    OperatorDefinition(name, 1...2) { call throws(OperatorFault) in
      let x = try call.input(0)
      var axes = try axes(
        try call.integers("axes", orInput: 1) ?? [], rank: x.shape.count)
      if axes.isEmpty, try !call.flag("noop_with_empty_axes") { axes = Array(x.shape.indices) }
      let rows = AxisRows(x, along: axes)
      let values = rows.doubles
      return [
        Value(
          x.type, rows.shape(keepingAxes: try call.flag("keepdims", default: true)),
          doubles: (0..<rows.count).map {
            let result = reduce(values[$0 * rows.length..<($0 + 1) * rows.length])
            return x.type == .bool ? max(0, result) : result
          })
      ]
    }
  }

  private static func extreme(
    _ call: OperatorCall, _ isBetter: (Double, Double) -> Bool
  ) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let rows = AxisRows(
      x, along: [try axis(try call.integer("axis", default: 0), rank: x.shape.count)])
    let takesLast = try call.flag("select_last_index")
    guard rows.length > 0 else { throw OperatorFault("an empty row has no extreme") }
    let values = rows.doubles
    let places = (0..<rows.count).map { row in
      let row = values[row * rows.length..<(row + 1) * rows.length]
      var best = row.startIndex
      for index in row.indices.dropFirst() {
        let isTie = takesLast && row[index] == row[best]
        if isBetter(row[index], row[best]) || isTie { best = index }
      }
      return Int64(best - row.startIndex)
    }
    return [
      Value(
        .int64, rows.shape(keepingAxes: try call.flag("keepdims", default: true)),
        .integer(places))
    ]
  }

  private static func cumulated(
    _ call: OperatorCall, start: Double, _ combine: (Double, Double) -> Double
  ) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    guard let number = try call.input(1).indices().first else {
      throw OperatorFault("the axis is missing")
    }
    let rows = AxisRows(x, along: [try axis(number, rank: x.shape.count)])
    let isExclusive = try call.flag("exclusive")
    let isReversed = try call.flag("reverse")
    var values = rows.doubles
    for row in 0..<rows.count {
      var sum = start
      for step in 0..<rows.length {
        let index = row * rows.length + (isReversed ? rows.length - 1 - step : step)
        let next = combine(sum, values[index])
        values[index] = isExclusive ? sum : next
        sum = next
      }
    }
    return [rows.restored(values, type: x.type)]
  }

  /// The k largest, or smallest, of each row with their places, in order.
  private static func largest(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let place = try axis(try call.integer("axis", default: -1), rank: x.shape.count)
    let count = try call.integer("k", default: try call.optional(1)?.indices().first ?? -1)
    guard count >= 0, count <= x.shape[place] else {
      throw OperatorFault("there are no \(count) values in rows of \(x.shape[place])")
    }
    let takesLargest = try call.flag("largest", default: true)
    let strides = rowMajorStrides(x.shape)
    var outer = x.shape
    outer[place] = 1
    let starts = StridedWalk(shape: outer, strides: strides, offset: 0).indices
    let values = x.doubles
    var shape = x.shape
    shape[place] = count
    let targets = rowMajorStrides(shape)
    let firsts = StridedWalk(shape: outer, strides: targets, offset: 0).indices
    let total = shape.reduce(1, *)
    var sources = [Int](repeating: 0, count: total)
    var places = [Int64](repeating: 0, count: total)
    for (start, first) in zip(starts, firsts) {
      let order = (0..<x.shape[place]).sorted { a, b in
        let (left, right) = (
          values[start + a * strides[place]], values[start + b * strides[place]]
        )
        if left != right { return takesLargest ? left > right : left < right }
        return a < b
      }
      for (rank, index) in order.prefix(count).enumerated() {
        sources[first + rank * targets[place]] = start + index * strides[place]
        places[first + rank * targets[place]] = Int64(index)
      }
    }
    return [
      Value(x.type, shape, x.elements.blocks(sources, length: 1)),
      Value(.int64, shape, .integer(places)),
    ]
  }
}
