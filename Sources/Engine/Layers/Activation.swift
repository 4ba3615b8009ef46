/// The nonlinear functions that a network may apply to each value.
public enum Activation: Equatable, Sendable {
  /// x itself.
  case identity
  /// x above zero, the given share of it (0 or more) below.
  case leakyReLU(Float)
  /// x above zero, nothing below.
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
