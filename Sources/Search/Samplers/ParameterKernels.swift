import Foundation

/// The kernels of one parameter in a `ParzenEstimator`: one for each observation, the last one for the
/// prior.
struct ParameterKernels {
  private enum Shape {
    /// The mean and deviation of each kernel.
    case normal([(mean: Double, deviation: Double)], Range)
    /// The logarithm of each choice's probability, by kernel.
    case choices([[Double]])
  }

  /// Where normal kernels are cut off; in logarithms for a logarithmic parameter.
  private struct Range {
    let low, high: Double
    /// The distance of neighbors; 0 for continuous ones.
    let step: Double
    let isLog: Bool

    init(_ low: Double, _ high: Double, step: Double, isLog: Bool) {
      (self.step, self.isLog) = (step, isLog)
      let (first, last) = (low - step / 2, high + step / 2)
      (self.low, self.high) = isLog ? (log(first), log(last)) : (first, last)
    }

    var width: Double { high - low }

    func place(_ number: Double) -> Double { isLog ? log(number) : number }
  }

  private let distribution: ParameterDistribution
  private let shape: Shape

  init(_ observations: [Double], of distribution: ParameterDistribution) {
    self.distribution = distribution
    let adjusted = distribution.adjusted
    switch adjusted {
    case .float(let low, let high, let step, let isLog):
      let range = Range(low, high, step: step ?? 0, isLog: isLog)
      shape = .normal(ParameterKernels.kernels(observations.map(range.place), in: range), range)
    case .int(let low, let high, let step, let isLog):
      let range = Range(Double(low), Double(high), step: Double(step), isLog: isLog)
      shape = .normal(ParameterKernels.kernels(observations.map(range.place), in: range), range)
    case .categorical(let choices):
      let count = observations.count + 1
      shape = .choices(
        (0..<count).map { kernel in
          let prior = 1 / Double(count)
          var weights = [Double](repeating: prior, count: choices.count)
          if kernel < observations.count { weights[Int(observations[kernel])] += 1 }
          let sum = weights.reduce(0, +)
          return weights.map { log($0 / sum) }
        })
    }
  }

  /// The deviation of an observation is the distance to the farther one of its neighbors, within limits;
  /// the prior is in the middle, and as wide as the range.
  private static func kernels(
    _ means: [Double], in range: Range
  ) -> [(mean: Double, deviation: Double)] {
    // Equal observations keep their order.
    let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    let sorted = [range.low] + order.map { means[$0] } + [range.high]
    var deviations = [Double](repeating: 0, count: means.count)
    let least = range.width / min(100, Double(means.count) + 2)
    for (place, observation) in order.enumerated() {
      let (below, above) = (
        sorted[place + 1] - sorted[place], sorted[place + 2] - sorted[place + 1]
      )
      // The ends of the range are no neighbors of the outermost of several observations.
      let distance =
        means.count < 2
        ? max(below, above)
        : place == 0 ? above : place == means.count - 1 ? below : max(below, above)
      deviations[observation] = min(max(distance, least), range.width)
    }
    return zip(means, deviations).map { (mean: $0, deviation: $1) }
      + [(mean: 0.5 * (range.low + range.high), deviation: range.width)]
  }

  /// Adds each kernel's logarithm of the density at a number.
  func addLogDensities(of number: Double, to logs: inout [Double]) {
    switch shape {
    case .choices(let weights):
      for kernel in logs.indices { logs[kernel] += weights[kernel][Int(number)] }
    case .normal(let kernels, let range):
      let half = range.step / 2
      let (left, right) = (range.place(number - half), range.place(number + half))
      for (kernel, normal) in kernels.enumerated() {
        func standard(_ x: Double) -> Double { (x - normal.mean) / normal.deviation }
        let mass = NormalDistribution.logMass(standard(range.low), standard(range.high))
        if range.step > 0 {
          logs[kernel] += NormalDistribution.logMass(standard(left), standard(right)) - mass
        } else if left < range.low || left > range.high {
          logs[kernel] = -.infinity
        } else {
          let x = standard(left)
          logs[kernel] += -x * x / 2 - NormalDistribution.logRoot - mass - log(normal.deviation)
        }
      }
    }
  }

  /// A draw from one kernel.
  func draw(from kernel: Int, using source: inout some RandomNumberGenerator) -> Double {
    let share = source.uniform()
    switch shape {
    case .choices(let weights):
      var (choice, sum) = (0, exp(weights[kernel][0]))
      while sum < share, choice < weights[kernel].count - 1 {
        choice += 1
        sum += exp(weights[kernel][choice])
      }
      return Double(choice)
    case .normal(let kernels, let range):
      let (mean, deviation) = kernels[kernel]
      let x = NormalDistribution.quantile(
        share, between: (range.low - mean) / deviation, and: (range.high - mean) / deviation)
      let place = x * deviation + mean
      return distribution.nearest(to: range.isLog ? exp(place) : place)
    }
  }
}
