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

  /// dy · f'(x), with x for SiLU and GELU, and f(x) for the others, in `kept`.
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

  /// What the C kernels call an activation.
  static func code(_ activation: Activation) -> (kind: Int32, slope: Float) {
    switch activation {
    case .identity: (Int32(DFLAB_LEAKY_RELU), 1)
    case .leakyReLU(let slope): (Int32(DFLAB_LEAKY_RELU), slope)
    case .relu: (Int32(DFLAB_LEAKY_RELU), 0)
    case .silu: (Int32(DFLAB_SILU), 0)
    case .gelu: (Int32(DFLAB_GELU), 0)
    case .sigmoid: (Int32(DFLAB_SIGMOID), 0)
    case .tanh: (Int32(DFLAB_TANH), 0)
    }
  }

  private static func grain(_ activation: Activation) -> Int {
    switch activation {
    case .identity, .leakyReLU, .relu: 1 << 14
    case .silu, .gelu, .sigmoid, .tanh: 1 << 12
    }
  }
}
