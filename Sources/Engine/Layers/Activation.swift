/// Elementwise nonlinear functions.
public enum Activation: Equatable, Sendable {
  /// x itself.
  case identity
  /// x above zero, the given multiple of it (0 or more) below.
  case leakyReLU(Float)
  /// x above zero, zero below.
  case relu
  /// x · sigmoid(x).
  case silu
  /// x · Φ(x), with the exact normal distribution Φ.
  case gelu
  /// 1 / (1 + exp(−x)).
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
}
