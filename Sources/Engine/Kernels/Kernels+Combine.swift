private import CKernels

/// Two tensors into one, and one value into many.
extension Kernels {
  /// a + b, in the precision of `a`.
  static func sum(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
    let b = b.converted(to: a.precision)
    let y = Tensor(uninitialized: a.shape, precision: a.precision)
    spread(a.count) { part in
      let start = part.lowerBound
      switch a.precision {
      case .float32:
        unsafe dflab_add(a.floats + start, b.floats + start, y.floats + start, part.count)
      case .bfloat16:
        unsafe dflab_add_half(a.halves + start, b.halves + start, y.halves + start, part.count)
      }
    }
    return y
  }

  /// a · b, value by value, in the precision of `a`.
  static func product(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) · \(b.shape)")
    let b = b.converted(to: a.precision)
    let y = Tensor(uninitialized: a.shape, precision: a.precision)
    spread(a.count) { part in
      let start = part.lowerBound
      switch a.precision {
      case .float32:
        unsafe dflab_multiply(a.floats + start, b.floats + start, y.floats + start, part.count)
      case .bfloat16:
        unsafe dflab_multiply_half(
          a.halves + start, b.halves + start, y.halves + start, part.count)
      }
    }
    return y
  }

  /// Drops values by chance and scales the rest; the same seed drops the same ones.
  static func dropout(_ x: Tensor, probability: Float, seed: UInt64) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let threshold = UInt32(min(Double(UInt32.max), Double(probability) * 0x1p32))
    spread(x.count) { part in
      let start = part.lowerBound
      unsafe dflab_dropout(
        x.floats + start, y.floats + start, start, part.count, seed, threshold,
        1 / (1 - probability))
    }
    return y
  }

  /// `[N, C]` to a tensor of the shape `[N, ..., C]`: each row again and again, times `factor`.
  static func repeated(_ x: Tensor, factor: Float, shape: [Int]) -> Tensor {
    let y = Tensor(uninitialized: shape)
    let (images, channels) = (shape[0], y.rowLength)
    let rows = y.rowCount / max(1, images)
    spread(images, grain: grain(rowLength: rows * channels)) { part in
      for image in part {
        unsafe dflab_repeat_row(
          x.floats + image * channels, factor, y.floats + image * rows * channels, rows, channels)
      }
    }
    return y
  }

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
