private import CKernels

/// Rearrangements and combinations of values whose order is only known when they run; float32.
extension Kernels {
  /// The dimensions in another order.
  ///
  /// - Parameter order: which dimension of `x` each one of the result is.
  static func arranged(_ x: Tensor, _ order: [Int]) -> Tensor {
    precondition(order.sorted() == Array(x.shape.indices), "the order \(order) of \(x.shape)")
    let own = rowMajorStrides(x.shape)
    let shape = order.map { x.shape[$0] }
    let loop = StridedLoop(shape, [order.map { own[$0] }])
    guard loop.shape.count > 1 else { return x.reshaped(to: shape) }
    let y = Tensor(uninitialized: shape)
    guard y.count > 0 else { return y }
    let strides = loop.strides[0]
    let last = loop.shape.count - 1
    if strides[last] == 1 {
      loop.eachRow { starts, place, length in
        unsafe (y.floats + place).update(from: x.floats + starts[0], count: length)
      }
      return y
    }
    // Blocks of the dimension that is dense in `x` by the one that is dense in `y`.
    guard let dense = strides.firstIndex(of: 1) else {
      loop.eachRow { starts, place, length in
        unsafe dflab_gather(x.floats + starts[0], strides[last], y.floats + place, length)
      }
      return y
    }
    let outputs = rowMajorStrides(loop.shape)
    let others = loop.shape.indices.filter { $0 != dense && $0 != last }
    let (columns, rows) = (loop.shape[dense], loop.shape[last])
    let strip = 64
    let strips = (columns + strip - 1) / strip
    let outer = others.reduce(1) { $0 * loop.shape[$1] }
    spread(outer * strips, grain: max(1, (1 << 13) / (strip * rows))) { part in
      for unit in part {
        var (rest, from, to) = (unit / strips, 0, 0)
        for axis in others.reversed() {
          let index = rest % loop.shape[axis]
          rest /= loop.shape[axis]
          from += index * strides[axis]
          to += index * outputs[axis]
        }
        let first = unit % strips * strip
        unsafe dflab_transpose(
          x.floats + from + first, strides[last], y.floats + to + first * outputs[dense],
          outputs[dense], rows, min(strip, columns - first))
      }
    }
    return y
  }

  /// A matrix in panels of `width` rows, each of which is turned: `[rows / width][depth][width]`.
  ///
  /// - Parameter panels: zeros; a depth of `columns` at least. No other tensor shares its memory.
  static func packPanels(
    _ matrix: Tensor, rows: Int, columns: Int, into panels: Tensor, width: Int
  ) {
    let step = panels.count / max(1, panels.shape[0])
    spread(panels.shape[0], grain: max(1, (1 << 16) / max(1, step))) { part in
      for panel in part {
        unsafe dflab_transpose(
          matrix.floats + panel * width * columns, columns, panels.floats + panel * step, width,
          min(width, rows - panel * width), columns)
      }
    }
  }

  /// f(a, b) over a common shape.
  ///
  /// - Parameter strides: the distance of neighbors in each operand along each dimension of `shape`, 0
  ///   where it repeats.
  static func combined(
    _ function: PairFunction, _ a: Tensor, _ b: Tensor, shape: [Int], strides: ([Int], [Int])
  ) -> Tensor {
    let y = Tensor(uninitialized: shape)
    guard y.count > 0 else { return y }
    let loop = StridedLoop(shape, [strides.0, strides.1])
    let (first, second) = (loop.strides[0].last ?? 0, loop.strides[1].last ?? 0)
    loop.eachRow { starts, place, length in
      unsafe dflab_pair(
        function.rawValue, a.floats + starts[0], first, b.floats + starts[1], second,
        y.floats + place, length)
    }
    return y
  }

  /// x · scale + shift, with one of each for every channel; below zero times `slope`.
  static func scaled(_ x: Tensor, by scale: Tensor, plus shift: Tensor, slope: Float) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let width = x.rowLength
    spread(x.rowCount, grain: grain(rowLength: width)) { rows in
      let start = rows.lowerBound * width
      unsafe dflab_scale_shift(
        x.floats + start, scale.floats, shift.floats, slope, y.floats + start, rows.count, width)
    }
    return y
  }

  /// f(x) of each value.
  static func mapped(_ x: Tensor, _ function: MapFunction) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let (code, low, high) = function.code
    spread(x.count, grain: 1 << 12) { part in
      let start = part.lowerBound
      unsafe dflab_map(code, low, high, x.floats + start, y.floats + start, part.count)
    }
    return y
  }

  private static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var (strides, step) = (shape, 1)
    for axis in shape.indices.reversed() {
      strides[axis] = step
      step *= shape[axis]
    }
    return strides
  }
}

/// A function of two values.
public enum PairFunction: Int32, Sendable {
  case sum = 0
  case difference = 1
  case product = 2
  case quotient = 3
}

/// A function of one value that is no activation.
public enum MapFunction: Equatable, Sendable {
  case exponential, errorFunction, squareRoot
  /// x times slope · x + offset, which is cut to 0…1.
  case hardSwish(slope: Float, offset: Float)
  /// x, cut to a range.
  case between(Float, Float)

  var code: (Int32, low: Float, high: Float) {
    switch self {
    case .exponential: (0, 0, 0)
    case .errorFunction: (1, 0, 0)
    case .squareRoot: (2, 0, 0)
    case .hardSwish(let slope, let offset): (3, slope, offset)
    case .between(let low, let high): (4, low, high)
    }
  }
}

/// A walk over a shape in several operands at once, with neighboring dimensions merged where all allow
/// it.
private struct StridedLoop {
  private(set) var shape: [Int] = []
  /// By operand.
  private(set) var strides: [[Int]]

  init(_ shape: [Int], _ strides: [[Int]]) {
    self.strides = strides.map { _ in [] }
    for axis in shape.indices where shape[axis] != 1 {
      let last = self.shape.count - 1
      let isMerged =
        last >= 0
        && strides.indices.allSatisfy {
          self.strides[$0][last] == strides[$0][axis] * shape[axis]
        }
      if isMerged {
        self.shape[last] *= shape[axis]
        for operand in strides.indices { self.strides[operand][last] = strides[operand][axis] }
      } else {
        self.shape.append(shape[axis])
        for operand in strides.indices { self.strides[operand].append(strides[operand][axis]) }
      }
    }
    if self.shape.isEmpty {
      self.shape = [1]
      self.strides = strides.map { _ in [0] }
    }
  }

  /// Calls `body` on several threads for each row, or part of one, of the last dimension: with the place
  /// in each operand, the place in the result, and the length.
  func eachRow(_ body: (_ starts: [Int], _ place: Int, _ length: Int) -> Void) {
    let last = shape.count - 1
    let (length, outer) = (shape[last], shape[..<last].reduce(1, *))
    guard outer > 1 else {
      return Kernels.spread(length) { part in
        body(strides.map { part.lowerBound * $0[last] }, part.lowerBound, part.count)
      }
    }
    Kernels.spread(outer, grain: Kernels.grain(rowLength: length)) { part in
      var position = [Int](repeating: 0, count: last)
      var rest = part.lowerBound
      for axis in (0..<last).reversed() {
        position[axis] = rest % shape[axis]
        rest /= shape[axis]
      }
      var starts = strides.map { own in (0..<last).reduce(0) { $0 + position[$1] * own[$1] } }
      for row in part {
        body(starts, row * length, length)
        var axis = last - 1
        while axis >= 0 {
          position[axis] += 1
          for operand in starts.indices { starts[operand] += strides[operand][axis] }
          if position[axis] < shape[axis] { break }
          for operand in starts.indices {
            starts[operand] -= strides[operand][axis] * shape[axis]
          }
          position[axis] = 0
          axis -= 1
        }
      }
    }
  }
}
