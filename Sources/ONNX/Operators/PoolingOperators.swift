internal import Foundation

/// One number for each window of values `[N, C, ...]`, computed in float64.
enum PoolingOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("MaxPool", 1...1, largest),
    OperatorDefinition("AveragePool", 1...1) { call throws(OperatorFault) in
      let countsPadding = try call.flag("count_include_pad")
      return try pooled(call) { values, places in
        var (sum, count) = (0.0, 0)
        for place in places {
          if place >= 0 { sum += values[place] }
          if place >= 0 || countsPadding && place == WindowGrid.padding { count += 1 }
        }
        return sum / Double(count)
      }
    },
    OperatorDefinition("LpPool", 1...1) { call throws(OperatorFault) in
      let power = Double(try call.integer("p", default: 2))
      return try pooled(call) { values, places in
        pow(places.reduce(0) { $0 + ($1 < 0 ? 0 : pow(abs(values[$1]), power)) }, 1 / power)
      }
    },
    OperatorDefinition("GlobalAveragePool", 1...1) { call throws(OperatorFault) in
      try global(call) { $0.reduce(0, +) / Double($0.count) }
    },
    OperatorDefinition("GlobalMaxPool", 1...1) { call throws(OperatorFault) in
      try global(call) { $0.max() ?? -.infinity }
    },
    OperatorDefinition("GlobalLpPool", 1...1) { call throws(OperatorFault) in
      let power = Double(try call.integer("p", default: 2))
      return try global(call) { pow($0.reduce(0) { $0 + pow(abs($1), power) }, 1 / power) }
    },
    OperatorDefinition("MaxUnpool", 2...3, unpooled),
  ]

  private static func pooled(
    _ call: OperatorCall, _ reduce: (ArraySlice<Double>, ArraySlice<Int>) -> Double
  ) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let grid = try WindowGrid(call, over: x.shape)
    let places = grid.places
    let plane = grid.input.reduce(1, *)
    let planes = x.shape[0] * x.shape[1]
    let values = x.doubles
    var results: [Double] = []
    results.reserveCapacity(planes * grid.windows)
    for index in 0..<planes {
      // Slices keep their indices: a plane is made to start at 0.
      let own = Array(values[index * plane..<(index + 1) * plane])[...]
      for window in 0..<grid.windows {
        results.append(reduce(own, places[window * grid.taps..<(window + 1) * grid.taps]))
      }
    }
    return [Value(x.type, Array(x.shape.prefix(2)) + grid.output, doubles: results)]
  }

  /// With the place of each largest element in the whole value as a second output.
  private static func largest(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let grid = try WindowGrid(call, over: x.shape)
    let places = grid.places
    let plane = grid.input.reduce(1, *)
    let planes = x.shape[0] * x.shape[1]
    let isColumnMajor = try call.flag("storage_order")
    let lengths = rowMajorStrides(grid.input)
    let values = x.doubles
    var results: [Double] = []
    var sources: [Int64] = []
    for index in 0..<planes {
      for window in 0..<grid.windows {
        var (best, source) = (-Double.infinity, 0)
        for place in places[window * grid.taps..<(window + 1) * grid.taps] where place >= 0 {
          let value = values[index * plane + place]
          if value > best || value.isNaN { (best, source) = (value, place) }
        }
        results.append(best)
        if isColumnMajor {
          var (turned, step) = (0, 1)
          for axis in grid.input.indices {
            turned += source / lengths[axis] % grid.input[axis] * step
            step *= grid.input[axis]
          }
          source = turned
        }
        sources.append(Int64(index * plane + source))
      }
    }
    let shape = Array(x.shape.prefix(2)) + grid.output
    return [Value(x.type, shape, doubles: results), Value(.int64, shape, .integer(sources))]
  }

  private static func global(
    _ call: OperatorCall, _ reduce: (ArraySlice<Double>) -> Double
  ) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    guard x.shape.count >= 2 else { throw OperatorFault("\(x.shape) is not [N, C, ...]") }
    let rows = AxisRows(x, along: Array(2..<x.shape.count))
    let values = rows.doubles
    return [
      Value(
        x.type, rows.shape(keepingAxes: true),
        doubles: (0..<rows.count).map {
          reduce(values[$0 * rows.length..<($0 + 1) * rows.length])
        })
    ]
  }

  /// Puts each element where MaxPool found it.
  private static func unpooled(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (x, sources) = (try call.input(0), try call.input(1).indices())
    guard x.shape.count >= 3, sources.count == x.count else {
      throw OperatorFault("\(sources.count) places for \(x.shape)")
    }
    let rank = x.shape.count - 2
    let windows = try WindowAttributes(call, rank: rank, kernel: nil)
    let natural = (0..<rank).map { axis in
      (x.shape[axis + 2] - 1) * windows.strides[axis] + windows.kernel[axis]
        - windows.pads[axis] - windows.pads[axis + rank]
    }
    let inner = Array(x.shape.prefix(2)) + natural
    let shape = try call.optional(2)?.indices() ?? inner
    let count = try elementCount(shape)
    let limit = try elementCount(inner)
    guard shape.count == inner.count, zip(shape, inner).allSatisfy({ $0 >= $1 }),
      sources.allSatisfy({ $0 >= 0 && $0 < limit })
    else { throw OperatorFault("places lie outside the shape \(shape)") }
    // Places count in the smaller value.
    let (own, target) = (rowMajorStrides(inner), rowMajorStrides(shape))
    var result = [Double](repeating: 0, count: count)
    for (value, source) in zip(x.doubles, sources) {
      let place = inner.indices.reduce(0) { $0 + source / own[$1] % inner[$1] * target[$1] }
      result[place] = value
    }
    return [Value(x.type, shape, doubles: result)]
  }
}
