private import CKernels

/// Scores to shares, row by row; float32.
extension Kernels {
  /// Softmax of each row.
  static func softmax(_ x: Tensor) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let width = x.rowLength
    spread(x.rowCount, grain: grain(rowLength: width)) { rows in
      let start = rows.lowerBound * width
      unsafe dflab_softmax(x.floats + start, y.floats + start, rows.count, width)
    }
    return y
  }

  /// Its gradient, from the output.
  static func softmaxBackward(_ dy: Tensor, y: Tensor) -> Tensor {
    let dx = Tensor(uninitialized: y.shape)
    let width = y.rowLength
    spread(y.rowCount, grain: grain(rowLength: width)) { rows in
      let start = rows.lowerBound * width
      unsafe dflab_softmax_backward(
        y.floats + start, dy.floats + start, dx.floats + start, rows.count, width)
    }
    return dx
  }
}
