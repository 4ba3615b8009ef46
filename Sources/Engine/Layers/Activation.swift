/// Elementwise nonlinear functions.
public enum Activation: Equatable, Sendable {
  /// x itself.
  case identity
  /// x above zero, the given multiple of it (0 or more) below.
  case leakyReLU(Float)
  /// x above zero, zero below.
  case relu
  /// x from zero to six, the nearer of the two outside.
  case relu6
  /// x · sigmoid(x).
  case silu
  /// x · Φ(x), with the exact normal distribution Φ.
  case gelu
  /// x · sigmoid(1.702 · x): an approximation of GELU.
  case quickGELU
  /// 1 / (1 + exp(−x)).
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
  /// x between the given limit (above 0) and its negative, the nearer of the two outside.
  case hardTanh(Float)
}

extension Activation {
  /// The slope below zero of activations that are fused into a product: 1 for identity.
  var fusedSlope: Float {
    switch self {
    case .identity: 1
    case .leakyReLU(let slope): slope
    case .relu: 0
    default: preconditionFailure("\(self) does not ride on a product; put it in a layer of its own")
    }
  }
}

/// Applies an activation to each value; any shape.
public struct Activate: Layer {
  /// The function.
  public let activation: Activation

  /// - Parameter activation: the function; a leaky ReLU's slope is 0 or more.
  public init(_ activation: Activation) {
    if case .leakyReLU(let slope) = activation {
      precondition(slope >= 0, "a leaky ReLU with the slope \(slope)")
    }
    if case .hardTanh(let limit) = activation {
      precondition(limit > 0, "a hard tanh with the limit \(limit)")
    }
    self.activation = activation
  }

  /// The function.
  public var node: LayerNode { LayerNode(.activation(activation)) }

  /// f(x), of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    guard activation != .identity else { return x }
    let y = Kernels.activate(x, activation)
    saved.push(keepsInput ? x : y)
    return y
  }

  /// dy · f'(x).
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    guard activation != .identity else { return dy }
    return Kernels.activateBackward(dy, kept: saved.pop(), activation)
  }

  /// Whether the derivative is computed from the input rather than from the output.
  private var keepsInput: Bool {
    switch activation {
    case .silu, .gelu, .quickGELU: true
    case .identity, .leakyReLU, .relu, .relu6, .sigmoid, .tanh, .hardTanh: false
    }
  }
}

/// ReLU with a learned slope below zero for each channel.
///
/// After He, Zhang, Ren & Sun 2015, as in PyTorch.
public struct PReLU: Layer {
  /// The slopes, `[C]`.
  public let slope: Parameter

  /// - Parameter initial: the initial slope of every channel.
  public init(channels: Int, initial: Float = 0.25) {
    slope = Parameter(Tensor([channels]) { _ in initial })
  }

  /// "weight": the slopes.
  public var node: LayerNode {
    LayerNode(.parametricReLU, parameters: [NamedParameter("weight", slope)])
  }

  /// x above zero, slope · x below.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(x.rowLength == slope.value.count, "\(slope.value.count) slopes for \(x.shape)")
    saved.push(x)
    return Kernels.parametricReLU(x.converted(to: .float32), slope: slope.value)
      .converted(to: x.precision)
  }

  /// dy above zero, slope · dy below.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (dx, dslope) = Kernels.parametricReLUBackward(
      dy.converted(to: .float32), x: saved.pop().converted(to: .float32), slope: slope.value)
    slope.gradient.add { dslope[$0] }
    return dx.converted(to: dy.precision)
  }
}

/// Softmax over the last dimension.
public struct Softmax: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.softmax) }

  /// exp(x) over the row's sum of exp(x).
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = Kernels.softmax(x.converted(to: .float32)).converted(to: x.precision)
    saved.push(y)
    return y
  }

  /// y · (dy − Σ dy · y).
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.softmaxBackward(
      dy.converted(to: .float32), y: saved.pop().converted(to: .float32)
    ).converted(to: dy.precision)
  }
}
