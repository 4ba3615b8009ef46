/// Where the windows of a convolution or of pooling lie, in any number of dimensions.
struct WindowGrid {
  /// The lengths of the dimensions that windows slide along, before and after.
  let input, output: [Int]
  let kernel, strides, dilations: [Int]
  /// The places before and behind each dimension that windows may cover.
  let before, after: [Int]

  /// The grid of a call over values `[N, C, ...]`.
  ///
  /// - Parameter kernel: the lengths of a window; those of the call's attribute if nil.
  init(_ call: OperatorCall, over shape: [Int], kernel given: [Int]? = nil) throws(OperatorFault) {
    guard shape.count >= 3 else {
      throw OperatorFault("\(shape) is not [N, C, ...] with a dimension to slide along")
    }
    input = Array(shape[2...])
    let rank = input.count
    let attributes = try WindowAttributes(call, rank: rank, kernel: given)
    (kernel, strides, dilations) = (
      attributes.kernel, attributes.strides, attributes.dilations
    )
    let roundsUp = try call.flag("ceil_mode")
    var (before, after, output) = ([Int](), [Int](), [Int]())
    for axis in 0..<rank {
      let (length, stride) = (input[axis], strides[axis])
      let reach = (kernel[axis] - 1) * dilations[axis] + 1
      var (first, last) = (attributes.pads[axis], attributes.pads[axis + rank])
      if let same = attributes.same {
        let total = max(0, ((length + stride - 1) / stride - 1) * stride + reach - length)
        first = same == .upper ? total / 2 : total - total / 2
        last = total - first
      }
      let room = length + first + last - reach
      guard room >= 0 else {
        throw OperatorFault("a window of \(reach) does not fit into a length of \(length)")
      }
      var count = room / stride + 1
      if roundsUp, room % stride != 0, count * stride < length + first { count += 1 }
      before.append(first)
      after.append(last)
      output.append(count)
    }
    (self.before, self.after, self.output) = (before, after, output)
    _ = try elementCount(shape.prefix(2) + output)
    _ = try elementCount(output + kernel)
  }

  /// The grid that slides over the output of a transposed convolution.
  init(
    over output: [Int], from input: [Int], _ attributes: WindowAttributes, before: [Int]
  ) {
    self.input = output
    self.output = input
    (kernel, strides, dilations) = (
      attributes.kernel, attributes.strides, attributes.dilations
    )
    self.before = before
    after = before
  }

  /// The places in a window.
  var taps: Int { kernel.reduce(1, *) }
  /// The number of windows.
  var windows: Int { output.reduce(1, *) }

  /// The element under each tap of each window; `padding` or `outside` where there is none.
  var places: [Int] {
    let steps = rowMajorStrides(input)
    var places: [Int] = []
    places.reserveCapacity(windows * taps)
    let (outer, inner) = (rowMajorStrides(output), rowMajorStrides(kernel))
    for window in 0..<windows {
      for tap in 0..<taps {
        var place = 0
        for axis in input.indices {
          let start = window / outer[axis] % output[axis] * strides[axis] - before[axis]
          let coordinate = start + tap / inner[axis] % kernel[axis] * dilations[axis]
          if coordinate >= input[axis] + after[axis] {
            place = WindowGrid.outside
            break
          }
          if coordinate < 0 || coordinate >= input[axis] {
            place = WindowGrid.padding
          } else if place >= 0 {
            place += coordinate * steps[axis]
          }
        }
        places.append(place)
      }
    }
    return places
  }

  /// A tap over the padding, and one beyond it, which rounding up leads to.
  static let padding = -1
  static let outside = -2
}

/// The attributes of windows.
struct WindowAttributes {
  /// Which side the odd place of automatic padding goes to.
  enum Same { case upper, lower }

  let kernel, strides, dilations: [Int]
  /// The places before all dimensions, then those behind.
  let pads: [Int]
  /// Set when padding keeps ⌈length / stride⌉ windows.
  let same: Same?

  init(_ call: OperatorCall, rank: Int, kernel given: [Int]?) throws(OperatorFault) {
    let declared = try call.integers("kernel_shape")
    kernel = given ?? declared ?? []
    strides = try call.integers("strides") ?? [Int](repeating: 1, count: rank)
    dilations = try call.integers("dilations") ?? [Int](repeating: 1, count: rank)
    let mode = try call.text("auto_pad", default: "NOTSET")
    same = mode == "SAME_UPPER" ? .upper : mode == "SAME_LOWER" ? .lower : nil
    let none = [Int](repeating: 0, count: 2 * rank)
    pads = mode == "NOTSET" ? try call.integers("pads") ?? none : none
    let limits = 1...(1 << 20)
    guard kernel.count == rank, strides.count == rank, dilations.count == rank,
      pads.count == 2 * rank,
      (kernel + strides + dilations).allSatisfy({ limits.contains($0) }),
      pads.allSatisfy({ $0 >= 0 && $0 <= 1 << 20 })
    else {
      throw OperatorFault(
        "kernel \(kernel), strides \(strides), dilations \(dilations), pads \(pads) are no windows "
          + "in \(rank) dimensions")
    }
  }
}
