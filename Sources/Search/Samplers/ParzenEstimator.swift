import Foundation

/// The density of good or of bad values: a mixture of one kernel for each observation, and a wide one
/// over the whole space, the prior.
///
/// A kernel is a product over the parameters of truncated normal distributions, on the logarithm of
/// logarithmic ones and over each step of stepped ones, and of weights of choices. Everything is as
/// Optuna 5's estimator with its defaults: a prior of weight 1, no endpoints, and deviations that are
/// at least a share of the range ("magic clip"). (Bergstra and others, "Algorithms for Hyper-Parameter
/// Optimization", 2011.)
public struct ParzenEstimator {
  /// The weight of each kernel; their sum is 1.
  private let weights: [Double]
  private let kernels: [(name: String, kernels: ParameterKernels)]

  /// - Parameters:
  ///   - space: the parameters.
  ///   - observations: the numbers of each trial, from the oldest to the newest; all have all parameters.
  public init(of observations: [[String: Double]], in space: SearchSpace) {
    let own = ParzenEstimator.weights(observations.count) + [1]
    let sum = own.reduce(0, +)
    weights = own.map { $0 / sum }
    kernels = space.sorted.map { name, distribution in
      (
        name,
        ParameterKernels(observations.map { $0[name] ?? .nan }, of: distribution)
      )
    }
  }

  /// The weights of observations: of more than 25, the older ones count less.
  static func weights(_ count: Int) -> [Double] {
    let ramp = max(0, count - 25)
    return (0..<count).map { index in
      guard index < ramp else { return 1 }
      let least = 1 / Double(count)
      return ramp == 1 ? least : least + (1 - least) * Double(index) / Double(ramp - 1)
    }
  }

  /// The logarithm of the density, or of the probability of stepped values and choices.
  public func logDensity(_ numbers: [String: Double]) -> Double {
    var logs = weights.map { log($0) }
    for (name, kernels) in kernels {
      kernels.addLogDensities(of: numbers[name] ?? .nan, to: &logs)
    }
    let most = logs.max() ?? -.infinity
    guard most > -.infinity else { return most }
    return log(logs.reduce(0) { $0 + exp($1 - most) }) + most
  }

  /// A draw from the mixture.
  public func draw(using source: inout some RandomNumberGenerator) -> [String: Double] {
    let share = source.uniform()
    var (kernel, sum) = (0, weights[0])
    while sum < share, kernel < weights.count - 1 {
      kernel += 1
      sum += weights[kernel]
    }
    return kernels.reduce(into: [:]) { numbers, parameter in
      numbers[parameter.name] = parameter.kernels.draw(from: kernel, using: &source)
    }
  }
}
