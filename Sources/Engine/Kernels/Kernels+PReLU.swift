private import CKernels

/// A ReLU with a slope for each channel; float32.
extension Kernels {
  /// Parametric ReLU: x above zero, slope · x below, with one slope for each channel.
  static func parametricReLU(_ x: Tensor, slope: Tensor) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let width = x.rowLength
    spread(x.rowCount, grain: grain(rowLength: width)) { rows in
      let start = rows.lowerBound * width
      unsafe dflab_prelu(x.floats + start, slope.floats, y.floats + start, rows.count, width)
    }
    return y
  }

  /// Its gradients, at x and, summed over all rows, at the slopes.
  static func parametricReLUBackward(
    _ dy: Tensor, x: Tensor, slope: Tensor
  ) -> (dx: Tensor, dslope: Tensor) {
    let dx = Tensor(uninitialized: x.shape)
    let width = x.rowLength
    let sums = unsafe blockSums(groups: 1, rows: x.rowCount, width: width) { _, rows, sums in
      let start = rows.lowerBound * width
      unsafe dflab_prelu_backward(
        x.floats + start, slope.floats, dy.floats + start, dx.floats + start, sums, rows.count,
        width)
    }
    return (dx, sums)
  }
}
