private import CKernels

/// What normalizes a batch, `[C]` each, and the activation after it: f((x − mean) · scale + shift).
struct Normalization {
  let mean, scale, shift: Tensor
  let activation: Activation

  /// The same for rows of `count` pixels each, so that short rows fill vectors.
  fileprivate func repeated(_ count: Int) -> Normalization {
    guard count > 1 else { return self }
    return Normalization(
      mean: Kernels.repeated(mean, count), scale: Kernels.repeated(scale, count),
      shift: Kernels.repeated(shift, count), activation: activation)
  }
}

/// Batch normalization with its activation in one pass; float32.
extension Kernels {
  /// Mean and variance (over n, not n − 1) of each channel, `[1, C]`, in one pass over memory.
  static func batchMoments(_ x: Tensor) -> (mean: Tensor, variance: Tensor) {
    let (rows, width) = (x.rowCount, x.rowLength)
    let height = blockHeight(width)
    let moments = Tensor(uninitialized: [(rows + height - 1) / height, 2, width])
    eachBlock(groups: 1, rows: rows, height: height) { block, _, rows in
      let sums = unsafe moments.floats + block * 2 * width
      unsafe dflab_channel_moments(
        x.floats + rows.lowerBound * width, sums, sums + width, rows.count, width)
    }
    let (mean, variance) = (Tensor(uninitialized: [1, width]), Tensor(uninitialized: [1, width]))
    unsafe dflab_join_moments(moments.floats, rows, height, mean.floats, variance.floats, width)
    return (mean, variance)
  }

  /// f((x − mean) · scale + shift).
  static func normalize(_ x: Tensor, _ normalization: Normalization) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let pixels = pixelsOfRow(x)
    let (n, width) = (normalization.repeated(pixels), x.rowLength * pixels)
    let (kind, slope) = code(n.activation)
    eachBlock(groups: 1, rows: x.rowCount / pixels, height: blockHeight(width)) { _, _, rows in
      let start = rows.lowerBound * width
      unsafe dflab_norm_activate(
        kind, slope, x.floats + start, n.mean.floats, n.scale.floats, n.shift.floats,
        y.floats + start, rows.count, width)
    }
    return y
  }

  /// With g = dy · f'(z): Σ g and Σ g · (x − mean) of each channel, `[2, C]`.
  static func normalizationProducts(
    _ dy: Tensor, x: Tensor, _ normalization: Normalization
  ) -> Tensor {
    let pixels = pixelsOfRow(x)
    let (n, width) = (normalization.repeated(pixels), x.rowLength * pixels)
    let (kind, slope) = code(n.activation)
    let sums = unsafe blockSums(
      groups: 1, rows: x.rowCount / pixels, width: 2 * width, height: blockHeight(width)
    ) { _, rows, sums in
      let start = rows.lowerBound * width
      unsafe dflab_norm_products(
        kind, slope, x.floats + start, n.mean.floats, n.scale.floats, n.shift.floats,
        dy.floats + start, sums, sums + width, rows.count, width)
    }
    guard pixels > 1 else { return sums.reshaped(to: [2, width]) }
    let channels = x.rowLength
    return Tensor([2, channels]) { index in
      (0..<pixels).reduce(0) {
        $0 + sums[(index / channels * pixels + $1) * channels + index % channels]
      }
    }
  }

  /// dx = (g − base − (x − mean) · tilt) · scale, with `base` and `tilt` `[C]`.
  static func normalizeBackward(
    _ dy: Tensor, x: Tensor, _ normalization: Normalization, base: Tensor, tilt: Tensor
  ) -> Tensor {
    let dx = Tensor(uninitialized: x.shape)
    let pixels = pixelsOfRow(x)
    let (n, width) = (normalization.repeated(pixels), x.rowLength * pixels)
    let (base, tilt) = (repeated(base, pixels), repeated(tilt, pixels))
    let (kind, slope) = code(n.activation)
    eachBlock(groups: 1, rows: x.rowCount / pixels, height: blockHeight(width)) { _, _, rows in
      let start = rows.lowerBound * width
      unsafe dflab_norm_backward(
        kind, slope, x.floats + start, n.mean.floats, n.scale.floats, n.shift.floats,
        dy.floats + start, base.floats, tilt.floats, dx.floats + start, rows.count, width)
    }
    return dx
  }

  /// Rows of a block that fits the L2 cache.
  private static func blockHeight(_ width: Int) -> Int { max(16, (1 << 15) / max(1, width)) }

  /// Pixels treated as one row: a divisor of the image's size that keeps rows short.
  private static func pixelsOfRow(_ x: Tensor) -> Int {
    var pixels = 1
    while x.rowLength * pixels < 128 && x.rowCount.isMultiple(of: 2 * pixels) { pixels *= 2 }
    return pixels
  }

  /// A row of values, repeated.
  fileprivate static func repeated(_ row: Tensor, _ count: Int) -> Tensor {
    guard count > 1 else { return row }
    return Tensor([row.count * count]) { row[$0 % row.count] }
  }
}
