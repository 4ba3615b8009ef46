private import CKernels

/// Functions of each value, in either precision.
extension Kernels {
  /// f(x); `activation` is not the identity.
  static func activate(_ x: Tensor, _ activation: Activation) -> Tensor {
    let y = Tensor(uninitialized: x.shape, precision: x.precision)
    let (kind, slope) = code(activation)
    spread(x.count, grain: grain(activation)) { part in
      let start = part.lowerBound
      switch x.precision {
      case .float32:
        unsafe dflab_activate(kind, slope, x.floats + start, y.floats + start, part.count)
      case .bfloat16:
        unsafe dflab_activate_half(kind, slope, x.halves + start, y.halves + start, part.count)
      }
    }
    return y
  }

  /// dy · f'(x), with x for SiLU and both GELUs, and f(x) for the others, in `kept`.
  static func activateBackward(_ dy: Tensor, kept: Tensor, _ activation: Activation) -> Tensor {
    let dy = dy.converted(to: kept.precision)
    let dx = Tensor(uninitialized: dy.shape, precision: dy.precision)
    let (kind, slope) = code(activation)
    spread(dy.count, grain: grain(activation)) { part in
      let start = part.lowerBound
      switch dy.precision {
      case .float32:
        unsafe dflab_activate_backward(
          kind, slope, kept.floats + start, dy.floats + start, dx.floats + start, part.count)
      case .bfloat16:
        unsafe dflab_activate_backward_half(
          kind, slope, kept.halves + start, dy.halves + start, dx.halves + start, part.count)
      }
    }
    return dx
  }

  /// The C kernels' code of an activation.
  static func code(_ activation: Activation) -> (kind: Int32, slope: Float) {
    switch activation {
    case .identity: (Int32(DFLAB_LEAKY_RELU), 1)
    case .leakyReLU(let slope): (Int32(DFLAB_LEAKY_RELU), slope)
    case .relu: (Int32(DFLAB_LEAKY_RELU), 0)
    case .relu6: (Int32(DFLAB_RELU6), 0)
    case .silu: (Int32(DFLAB_SILU), 0)
    case .gelu: (Int32(DFLAB_GELU), 0)
    case .quickGELU: (Int32(DFLAB_QUICK_GELU), 0)
    case .sigmoid: (Int32(DFLAB_SIGMOID), 0)
    case .tanh: (Int32(DFLAB_TANH), 0)
    case .hardTanh(let limit): (Int32(DFLAB_HARD_TANH), limit)
    }
  }

  private static func grain(_ activation: Activation) -> Int {
    switch activation {
    case .identity, .leakyReLU, .relu, .relu6, .hardTanh: 1 << 14
    case .silu, .gelu, .quickGELU, .sigmoid, .tanh: 1 << 12
    }
  }
}

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
