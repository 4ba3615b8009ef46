private import CKernels

/// Blocks of rows that do not depend on the number of threads: per-block sums added in order are
/// bit-identical on any number of threads.
extension Kernels {
  /// Runs `body` for each block of rows of each group, spread over the thread pool.
  ///
  /// - Parameters:
  ///   - height: rows of a block.
  ///   - body: gets the block's number, its group, and its rows, counted from the first of the
  ///     first group.
  static func eachBlock(
    groups: Int, rows: Int, height: Int = 256,
    _ body: (_ block: Int, _ group: Int, _ rows: Range<Int>) -> Void
  ) {
    let blocks = (rows + height - 1) / height
    let work = { (block: Int) in
      let (group, start) = (block / blocks, block % blocks * height)
      let first = group * rows + start
      body(block, group, first..<first + min(height, rows - start))
    }
    guard groups * blocks > 1 else { return (0..<groups * blocks).forEach(work) }
    ThreadPool.forEach(groups * blocks, work)
  }

  /// Sums of `width` numbers over each group's rows, as `[groups, width]`.
  ///
  /// - Parameter body: overwrites `sums` with the sums over the given rows.
  static func blockSums(
    groups: Int, rows: Int, width: Int, height: Int = 256,
    _ body: (_ group: Int, _ rows: Range<Int>, _ sums: UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    let blocks = (rows + height - 1) / height
    let parts = Tensor(uninitialized: [groups * blocks, width])
    eachBlock(groups: groups, rows: rows, height: height) { block, group, rows in
      unsafe body(group, rows, parts.floats + block * width)
    }
    guard blocks != 1 else { return parts }
    let sums = Tensor(uninitialized: [groups, width])
    for group in 0..<groups {
      unsafe dflab_channel_sums(
        parts.floats + group * blocks * width, sums.floats + group * width, blocks, width)
    }
    return sums
  }
}

/// The largest value of each row; float32.
extension Kernels {
  /// `[..., C]` to `[..., 1]`.
  static func largestOfRows(_ x: Tensor) -> Tensor {
    let y = Tensor(uninitialized: x.shape.dropLast() + [1])
    eachRow(of: x) { row, largest in unsafe y.floats[row] = x.floats[largest] }
    return y
  }

  /// Its gradient, which goes to the first of the largest values.
  static func largestOfRowsBackward(_ dy: Tensor, x: Tensor) -> Tensor {
    let dx = Tensor(zeros: x.shape)
    eachRow(of: x) { row, largest in unsafe dx.floats[largest] = dy.floats[row] }
    return dx
  }

  /// Calls `body` with each row and the index of its first largest value.
  private static func eachRow(of x: Tensor, _ body: (_ row: Int, _ largest: Int) -> Void) {
    let width = x.rowLength
    spread(x.rowCount, grain: grain(rowLength: width)) { rows in
      for row in rows {
        var largest = row * width
        for index in row * width..<(row + 1) * width
        where unsafe x.floats[index] > x.floats[largest] {
          largest = index
        }
        body(row, largest)
      }
    }
  }
}
