import Engine
import Foundation

/// A trained support vector machine: Σ coefficient · kernel(support vector, x) + intercept.
///
/// All values are float32, so that a checkpoint stores the model exactly.
public struct KernelModel: Equatable, Sendable {
  /// With a `value` for gamma.
  public let kernel: Kernel
  public let supportVectors: FeatureMatrix
  /// One per support vector; positive for fakes.
  public let coefficients: [Double]
  public let intercept: Double

  init(kernel: Kernel, supportVectors: FeatureMatrix, coefficients: [Double], intercept: Double) {
    precondition(
      supportVectors.rows == coefficients.count,
      "\(coefficients.count) coefficients for \(supportVectors.rows) support vectors")
    self.kernel = kernel.rounded
    self.supportVectors = FeatureMatrix(
      columns: supportVectors.columns, values: supportVectors.values.map { Double(Float($0)) })
    self.coefficients = coefficients.map { Double(Float($0)) }
    self.intercept = Double(Float(intercept))
  }

  /// Above 0 for fake, one number a sample; computed in parallel.
  public func scores(of samples: FeatureMatrix) -> [Double] {
    precondition(samples.columns == supportVectors.columns, "\(samples.columns) features")
    return ThreadPool.map(samples.rows) { row in
      var sum = intercept
      for (number, coefficient) in coefficients.enumerated() {
        sum += coefficient * similarity(of: samples[row], toSupportVector: number)
      }
      return sum
    }
  }

  private func similarity(of sample: ArraySlice<Double>, toSupportVector number: Int) -> Double {
    let vector = supportVectors[number]
    switch kernel {
    case .linear:
      return product(sample, vector)
    case .radial(let gamma):
      var square = 0.0
      for (x, y) in zip(sample, vector) { square += (x - y) * (x - y) }
      return exp(-gamma.resolved(for: supportVectors) * square)
    case .polynomial(let degree, let gamma, let coefficient):
      let base = gamma.resolved(for: supportVectors) * product(sample, vector) + coefficient
      return (0..<degree).reduce(1) { power, _ in power * base }
    }
  }

  private func product(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for (x, y) in zip(x, y) { sum += x * y }
    return sum
  }
}

extension Kernel {
  /// The kernel with a number for gamma.
  func resolved(for samples: FeatureMatrix) -> Kernel {
    switch self {
    case .linear: .linear
    case .radial(let gamma): .radial(gamma: .value(gamma.resolved(for: samples)))
    case .polynomial(let degree, let gamma, let coefficient):
      .polynomial(
        degree: degree, gamma: .value(gamma.resolved(for: samples)), coefficient: coefficient)
    }
  }

  /// The kernel with float32 values.
  fileprivate var rounded: Kernel {
    func number(_ gamma: Gamma) -> Gamma {
      guard case .value(let value) = gamma else { preconditionFailure("a gamma without a number") }
      return .value(Double(Float(value)))
    }
    return switch self {
    case .linear: .linear
    case .radial(let gamma): .radial(gamma: number(gamma))
    case .polynomial(let degree, let gamma, let coefficient):
      .polynomial(
        degree: degree, gamma: number(gamma), coefficient: Double(Float(coefficient)))
    }
  }
}

/// The kernel of a support vector machine, with scikit-learn's names.
public enum Kernel: Equatable, Sendable {
  /// x · y
  case linear
  /// exp(−γ |x − y|²)
  case radial(gamma: Gamma)
  /// (γ x · y + coefficient)^degree
  case polynomial(degree: Int, gamma: Gamma, coefficient: Double)

  /// How fast similarity decreases with distance.
  public enum Gamma: Equatable, Sendable {
    /// 1 / (features · variance of all values), times a factor; scikit-learn's `scale` for 1.
    case scale(Double = 1)
    /// A number greater than 0.
    case value(Double)

    /// The number for some samples; 1 if they are all equal.
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
