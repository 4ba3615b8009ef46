private import Engine

/// Elements moved to other places, whatever their type.
extension Elements {
  /// The elements that a walk visits: along each dimension of `shape`, `strides` elements further.
  ///
  /// The caller has made sure that all of them exist.
  func walked(_ shape: [Int], strides: [Int], offset: Int = 0) -> Elements {
    let walk = StridedWalk(shape: shape, strides: strides, offset: offset)
    switch self {
    case .float(let tensor):
      var result = Tensor(zeros: shape)
      result.write { target in tensor.read { source in walk.copy(source, into: &target) } }
      return .float(result)
    case .double(let values):
      var result = [Double](repeating: 0, count: walk.count)
      var target = result.mutableSpan
      walk.copy(values.span, into: &target)
      return .double(result)
    case .integer(let values):
      var result = [Int64](repeating: 0, count: walk.count)
      var target = result.mutableSpan
      walk.copy(values.span, into: &target)
      return .integer(result)
    }
  }

  /// Blocks of `length` elements, from the given block numbers of this value; `fill` where one is
  /// negative.
  func blocks(_ numbers: [Int], length: Int, fill: Double = 0) -> Elements {
    switch self {
    case .float(let tensor):
      var result = Tensor(zeros: [numbers.count * length])
      result.write { target in
        tensor.read { source in
          copyBlocks(source, numbers, length: length, fill: Float(fill), into: &target)
        }
      }
      return .float(result)
    case .double(let values):
      var result = [Double](repeating: 0, count: numbers.count * length)
      var target = result.mutableSpan
      copyBlocks(values.span, numbers, length: length, fill: fill, into: &target)
      return .double(result)
    case .integer(let values):
      var result = [Int64](repeating: 0, count: numbers.count * length)
      var target = result.mutableSpan
      copyBlocks(values.span, numbers, length: length, fill: Int64(fill), into: &target)
      return .integer(result)
    }
  }

  /// All parts behind each other; they are of one kind.
  static func joined(_ parts: [Elements]) -> Elements {
    var floats: [Tensor] = []
    var doubles: [Double] = []
    var integers: [Int64] = []
    for part in parts {
      switch part {
      case .float(let tensor): floats.append(tensor.reshaped(to: [tensor.count]))
      case .double(let values): doubles += values
      case .integer(let values): integers += values
      }
    }
    if !floats.isEmpty { return .float(Tensor.joined(floats)) }
    return doubles.isEmpty ? .integer(integers) : .double(doubles)
  }
}

/// A visit to elements of a row-major value, in the order of another shape.
struct StridedWalk {
  let shape, strides: [Int]
  let offset: Int

  var count: Int { shape.reduce(1, *) }

  /// The index of each visited element, in order.
  var indices: [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    eachRow { start, length, step in
      for index in 0..<length { result.append(start + index * step) }
    }
    return result
  }

  /// Calls `body` for each row of the last dimension with its first element, length and step.
  @inline(__always)
  func eachRow(_ body: (_ start: Int, _ length: Int, _ step: Int) -> Void) {
    guard count > 0 else { return }
    guard let length = shape.last, let step = strides.last else { return body(offset, 1, 0) }
    let outer = shape.count - 1
    var position = [Int](repeating: 0, count: outer)
    var start = offset
    while true {
      body(start, length, step)
      var axis = outer - 1
      while axis >= 0 {
        position[axis] += 1
        start += strides[axis]
        if position[axis] < shape[axis] { break }
        start -= strides[axis] * shape[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  @inline(__always)
  func copy<Element: BitwiseCopyable>(
    _ source: Span<Element>, into target: inout MutableSpan<Element>
  ) {
    var place = 0
    guard count > 0 else { return }
    guard let length = shape.last, let step = strides.last else {
      target[0] = source[offset]
      return
    }
    let outer = shape.count - 1
    var position = [Int](repeating: 0, count: outer)
    var start = offset
    while true {
      for index in 0..<length { target[place + index] = source[start + index * step] }
      place += length
      var axis = outer - 1
      while axis >= 0 {
        position[axis] += 1
        start += strides[axis]
        if position[axis] < shape[axis] { break }
        start -= strides[axis] * shape[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

@inline(__always)
private func copyBlocks<Element: BitwiseCopyable>(
  _ source: Span<Element>, _ numbers: [Int], length: Int, fill: Element,
  into target: inout MutableSpan<Element>
) {
  var place = 0
  for number in numbers {
    if number < 0 {
      for index in 0..<length { target[place + index] = fill }
    } else {
      for index in 0..<length { target[place + index] = source[number * length + index] }
    }
    place += length
  }
}
