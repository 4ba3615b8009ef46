private import CKernels

/// Sums over rows, and normalization by them.
///
/// A tensor is split into `groups` of equal numbers of rows (all images together, or each image
/// by itself), and has one coefficient for each group and channel: `[groups, C]`.
extension Kernels {
  /// Mean and variance (over n, not n − 1) of each channel in each group.
  static func channelStatistics(_ x: Tensor, groups: Int) -> (mean: Tensor, variance: Tensor) {
    let width = x.rowLength
    let rows = x.rowCount / max(1, groups)
    let sums = unsafe blockSums(groups: groups, rows: rows, width: width) { group, rows, sums in
      unsafe dflab_channel_sums(
        x.floats + rows.lowerBound * width, sums, rows.count, width)
    }
    let mean = Tensor(sums.shape) { sums[$0] / Float(rows) }
    let squares = unsafe blockSums(groups: groups, rows: rows, width: width) {
      group, rows, squares in
      unsafe dflab_channel_squares(
        x.floats + rows.lowerBound * width, mean.floats + group * width, squares, rows.count,
        width)
    }
    return (mean, Tensor(sums.shape) { squares[$0] / Float(rows) })
  }

  /// The sums of each channel in each group: `[groups, C]`.
  static func channelSums(_ x: Tensor, groups: Int) -> Tensor {
    let width = x.rowLength
    return unsafe blockSums(groups: groups, rows: x.rowCount / max(1, groups), width: width) {
      _, rows, sums in
      unsafe dflab_channel_sums(x.floats + rows.lowerBound * width, sums, rows.count, width)
    }
  }

  /// Σ dy and Σ dy · (x − mean) of each channel in each group: `[groups, 2, C]`.
  static func channelProducts(_ x: Tensor, mean: Tensor, _ dy: Tensor, groups: Int) -> Tensor {
    let width = x.rowLength
    let rows = x.rowCount / max(1, groups)
    let sums = unsafe blockSums(groups: groups, rows: rows, width: 2 * width) { group, rows, sums in
      let start = rows.lowerBound * width
      unsafe dflab_channel_products(
        x.floats + start, mean.floats + group * width, dy.floats + start, sums, sums + width,
        rows.count, width)
    }
    return sums.reshaped(to: [groups, 2, width])
  }

  /// (x − mean) · scale + shift.
  static func standardize(
    _ x: Tensor, mean: Tensor, scale: Tensor, shift: Tensor, groups: Int
  ) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    eachBlock(groups: groups, rows: x.rowCount / max(1, groups)) { _, group, rows in
      let (start, own) = (rows.lowerBound * x.rowLength, group * x.rowLength)
      unsafe dflab_standardize(
        x.floats + start, mean.floats + own, scale.floats + own, shift.floats + own,
        y.floats + start, rows.count, x.rowLength)
    }
    return y
  }

  /// x · factor + addend, with one of each for every image and channel, `[N, C]`.
  static func scaled(_ x: Tensor, by factor: Tensor, plus addend: Tensor? = nil) -> Tensor {
    let zero = Tensor(zeros: factor.shape)
    return standardize(x, mean: zero, scale: factor, shift: addend ?? zero, groups: x.shape[0])
  }

  /// (dy − base − (x − mean) · slope) · scale.
  static func standardizeBackward(
    _ dy: Tensor, x: Tensor, mean: Tensor, base: Tensor, slope: Tensor, scale: Tensor, groups: Int
  ) -> Tensor {
    let dx = Tensor(uninitialized: x.shape)
    eachBlock(groups: groups, rows: x.rowCount / max(1, groups)) { _, group, rows in
      let (start, own) = (rows.lowerBound * x.rowLength, group * x.rowLength)
      unsafe dflab_standardize_backward(
        x.floats + start, mean.floats + own, dy.floats + start, base.floats + own,
        slope.floats + own, scale.floats + own, dx.floats + start, rows.count, x.rowLength)
    }
    return dx
  }

  /// Each row by its own mean and variance, then gain · that + shift.
  static func layerNorm(_ x: Tensor, gain: Tensor, shift: Tensor, epsilon: Float) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let width = x.rowLength
    spread(x.rowCount, grain: grain(rowLength: width)) { rows in
      let start = rows.lowerBound * width
      unsafe dflab_layer_norm(
        x.floats + start, gain.floats, shift.floats, epsilon, y.floats + start, rows.count, width)
    }
    return y
  }

  /// Its gradients: at x, and those at gain and shift as `[1, 2 · C]`.
  static func layerNormBackward(
    _ dy: Tensor, x: Tensor, gain: Tensor, epsilon: Float
  ) -> (dx: Tensor, sums: Tensor) {
    let dx = Tensor(uninitialized: x.shape)
    let width = x.rowLength
    let sums = unsafe blockSums(groups: 1, rows: x.rowCount, width: 2 * width) { _, rows, sums in
      let start = rows.lowerBound * width
      unsafe dflab_layer_norm_backward(
        x.floats + start, gain.floats, epsilon, dy.floats + start, dx.floats + start, sums,
        sums + width, rows.count, width)
    }
    return (dx, sums)
  }
}
