/// How a support vector machine compares two samples, under scikit-learn's names.
public enum Kernel: Equatable, Sendable {
  /// x · y
  case linear
  /// exp(−γ |x − y|²)
  case radial(gamma: Gamma)
  /// (γ x · y + coefficient)^degree
  case polynomial(degree: Int, gamma: Gamma, coefficient: Double)

  /// How fast similarity falls with distance.
  public enum Gamma: Equatable, Sendable {
    /// 1 / (features · variance of all the numbers), times a factor; scikit-learn's `scale` at 1.
    case scale(Double = 1)
    /// A number above 0.
    case value(Double)

    /// The number for some samples; 1 where they do not differ at all.
    func resolved(for samples: FeatureMatrix) -> Double {
      switch self {
      case .value(let value): return value
      case .scale(let factor):
        let variance = samples.variance
        return variance > 0 ? factor / (Double(samples.columns) * variance) : 1
      }
    }
  }
}
