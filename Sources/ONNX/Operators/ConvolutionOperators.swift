internal import Engine

/// Convolutions in any number of dimensions, over values `[N, C, ...]`.
enum ConvolutionOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("Conv", 2...3, convolve),
    OperatorDefinition("ConvTranspose", 2...3, convolveTransposed),
    OperatorDefinition("Col2Im", 3...3, image),
  ]

  /// The weight is `[O, C / groups, ...]`: each window, as a column, times the weight's rows.
  private static func convolve(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (x, weight) = (try call.input(0), try call.input(1))
    let groups = try call.integer("group", default: 1)
    guard x.type.isReal, weight.type == x.type, weight.shape.count == x.shape.count,
      x.shape.count >= 3, groups > 0, x.shape[1] == weight.shape[1] * groups,
      weight.shape[0] % groups == 0
    else {
      throw OperatorFault(
        "\(x.type) \(x.shape), weights of \(weight.type) \(weight.shape) and \(groups) groups do "
          + "not fit together")
    }
    let kernel = Array(weight.shape[2...])
    if let declared = try call.integers("kernel_shape"), declared != kernel {
      throw OperatorFault("its kernel is \(kernel), not \(declared)")
    }
    let grid = try WindowGrid(call, over: x.shape, kernel: kernel)
    let (images, outputs, inputs) = (x.shape[0], weight.shape[0], weight.shape[1])
    let plane = grid.input.reduce(1, *)
    let places = grid.places
    let (taps, windows) = (grid.taps, grid.windows)
    _ = try elementCount([inputs * taps, windows])
    // Row (channel, tap) and column (window) of a group's columns.
    let columns = (0..<inputs).flatMap { channel in
      (0..<taps).flatMap { tap in
        (0..<windows).map { window in
          let place = places[window * taps + tap]
          return place < 0 ? -1 : channel * plane + place
        }
      }
    }
    let filters = weight.reshaped([groups, outputs / groups, inputs * taps])
    let images1 = x.reshaped([images * groups, inputs * plane])
    var parts: [Elements] = []
    for part in 0..<images * groups {
      let image = SelectionOperators.picked(images1, [part], axis: 0)
      let filter = SelectionOperators.picked(filters, [part % groups], axis: 0)
      let column = Value(
        x.type, [inputs * taps, windows], image.elements.blocks(columns, length: 1))
      parts.append(
        try ProductOperators.product(
          filter.reshaped([outputs / groups, inputs * taps]), column
        ).elements)
    }
    let shape = [images, outputs] + grid.output
    let y = Value(x.type, shape, Elements.joined(parts).shaped(x.type, shape))
    return [try biased(y, call.optional(2))]
  }

  /// The weight is `[C, O / groups, ...]`: each input is spread over a window.
  private static func convolveTransposed(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (x, weight) = (try call.input(0), try call.input(1))
    let groups = try call.integer("group", default: 1)
    guard x.type.isReal, weight.type == x.type, weight.shape.count == x.shape.count,
      x.shape.count >= 3, groups > 0, x.shape[1] == weight.shape[0], x.shape[1] % groups == 0
    else {
      throw OperatorFault(
        "\(x.type) \(x.shape), weights of \(weight.type) \(weight.shape) and \(groups) groups do "
          + "not fit together")
    }
    let rank = x.shape.count - 2
    let input = Array(x.shape[2...])
    let attributes = try WindowAttributes(call, rank: rank, kernel: Array(weight.shape[2...]))
    let extra = try call.integers("output_padding") ?? [Int](repeating: 0, count: rank)
    let wanted = try call.integers("output_shape")
    guard extra.count == rank, extra.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }),
      wanted?.count ?? rank == rank
    else { throw OperatorFault("output_padding or output_shape has not \(rank) numbers") }
    var (output, before) = ([Int](), [Int]())
    for axis in 0..<rank {
      let reach = (attributes.kernel[axis] - 1) * attributes.dilations[axis] + 1
      let full = attributes.strides[axis] * (input[axis] - 1) + extra[axis] + reach
      if let same = attributes.same {
        let length = wanted?[axis] ?? input[axis] * attributes.strides[axis]
        let total = max(0, full - length)
        before.append(same == .upper ? total / 2 : total - total / 2)
        output.append(length)
      } else if let wanted {
        let total = max(0, full - wanted[axis])
        before.append(total / 2)
        output.append(wanted[axis])
      } else {
        before.append(attributes.pads[axis])
        output.append(full - attributes.pads[axis] - attributes.pads[axis + rank])
      }
    }
    let outputs = weight.shape[1] * groups
    let shape = [x.shape[0], outputs] + output
    _ = try elementCount(shape)
    let grid = WindowGrid(over: output, from: input, attributes, before: before)
    let (inputs, windows) = (x.shape[1] / groups, grid.windows)
    let filters = ShapeOperators.transposed(
      weight.reshaped([groups, inputs, weight.shape[1] * grid.taps]), [0, 2, 1])
    let columns = try ProductOperators.product(
      filters.reshaped([1, groups, weight.shape[1] * grid.taps, inputs]),
      x.reshaped([x.shape[0], groups, inputs, windows]))
    let y = Value(
      x.type, shape, doubles: spread(columns.doubles, planes: x.shape[0] * outputs, grid))
    return [try biased(y, call.optional(2))]
  }

  /// Adds up windows `[planes, taps, windows]` at their places.
  private static func spread(_ columns: [Double], planes: Int, _ grid: WindowGrid) -> [Double] {
    let plane = grid.input.reduce(1, *)
    let places = grid.places
    let (taps, windows) = (grid.taps, grid.windows)
    var result = [Double](repeating: 0, count: planes * plane)
    for index in 0..<planes {
      for tap in 0..<taps {
        for window in 0..<windows {
          let place = places[window * taps + tap]
          guard place >= 0 else { continue }
          result[index * plane + place] += columns[(index * taps + tap) * windows + window]
        }
      }
    }
    return result
  }

  private static func image(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    let output = try call.input(1).indices()
    let kernel = try call.input(2).indices()
    let rank = output.count
    let taps = try elementCount(kernel)
    guard x.shape.count == 3, kernel.count == rank, taps > 0, x.shape[1] % taps == 0 else {
      throw OperatorFault("columns of \(x.shape) do not fit windows of \(kernel)")
    }
    let channels = x.shape[1] / taps
    _ = try elementCount([x.shape[0], channels] + output)
    let grid = try WindowGrid(call, over: [x.shape[0], channels] + output, kernel: kernel)
    guard grid.windows == x.shape[2] else {
      throw OperatorFault("\(x.shape[2]) columns for \(grid.windows) windows")
    }
    return [
      Value(
        x.type, [x.shape[0], channels] + output,
        doubles: spread(x.doubles, planes: x.shape[0] * channels, grid))
    ]
  }

  /// The value plus one number per channel.
  private static func biased(_ y: Value, _ bias: Value?) throws(OperatorFault) -> Value {
    guard let bias else { return y }
    guard bias.type == y.type, bias.shape == [y.shape[1]] else {
      throw OperatorFault("the bias is \(bias.type) \(bias.shape)")
    }
    let ones = [Int](repeating: 1, count: y.shape.count - 2)
    return try BinaryOperators.sum(y, bias.reshaped([1, y.shape[1]] + ones))
  }
}

extension Elements {
  /// These elements; those of no value at all are of the right kind and shape.
  func shaped(_ type: ElementType, _ shape: [Int]) -> Elements {
    guard shape.contains(0) else { return self }
    return Value(type, shape, doubles: []).elements
  }
}
