/// How much of the variation of results each parameter explains by itself: functional analysis of
/// variance on a random forest (fANOVA; Hutter and others, "An Efficient Approach for Assessing
/// Hyperparameter Importance", 2014), as Optuna's `FanovaImportanceEvaluator`.
public struct FunctionalVariance: Sendable {
  /// The trees of the forest.
  public var trees = 64

  public init(trees: Int = 64) { self.trees = trees }

  /// The share of the variance by parameter, 0…1; what is missing from a sum of 1 is due to
  /// combinations of parameters.
  ///
  /// - Parameters:
  ///   - trials: of these, the complete ones with all parameters and a finite value count.
  ///   - space: the parameters.
  /// - Returns: zeros if fewer than two trials count, or all have the same value.
  public func importances(
    of trials: [SearchTrial], in space: SearchSpace, using source: inout some RandomNumberGenerator
  ) -> [String: Double] {
    let none = space.mapValues { _ in 0.0 }
    let parameters = space.varying.sorted
    let known = trials.filter { trial in
      trial.state == .complete && trial.value?.isFinite ?? false
        && parameters.allSatisfy { trial.parameters[$0.name] != nil }
    }
    guard known.count > 1, !parameters.isEmpty else { return none }
    let columns = ForestColumns(parameters)
    let rows = known.map { columns.row(of: $0.parameters) }
    let targets = known.map { $0.value ?? 0 }
    var shares: [String: [Double]] = [:]
    for _ in 0..<trees {
      let chosen = known.indices.map { _ in source.index(known.count) }
      let tree = RegressionTree(
        of: rows, targets, chosen: chosen, within: columns.bounds, using: &source)
      let variance = tree.variance
      guard variance > 0 else { continue }
      for (parameter, own) in zip(parameters, columns.places) {
        shares[parameter.name, default: []].append(
          tree.variance(over: own, within: columns.bounds) / variance)
      }
    }
    return none.merging(shares.mapValues { $0.reduce(0, +) / Double($0.count) }) { $1 }
  }
}

/// Parameters as columns of numbers: one for a number, one for each choice.
private struct ForestColumns {
  let bounds: [(low: Double, high: Double)]
  /// The columns of each parameter.
  let places: [[Int]]
  private let parameters: [(name: String, distribution: ParameterDistribution)]

  init(_ parameters: [(name: String, distribution: ParameterDistribution)]) {
    self.parameters = parameters
    var (bounds, places) = ([(low: Double, high: Double)](), [[Int]]())
    for parameter in parameters {
      let own: [(low: Double, high: Double)] =
        switch parameter.distribution {
        case .float(let low, let high, _, _): [(low, high)]
        case .int(let low, let high, _, _): [(Double(low), Double(high))]
        case .categorical(let choices): choices.map { _ in (0, 1) }
        }
      places.append(Array(bounds.count..<bounds.count + own.count))
      bounds += own
    }
    (self.bounds, self.places) = (bounds, places)
  }

  func row(of numbers: [String: Double]) -> [Double] {
    parameters.flatMap { parameter -> [Double] in
      let number = numbers[parameter.name] ?? 0
      guard case .categorical(let choices) = parameter.distribution else { return [number] }
      return choices.indices.map { $0 == Int(number) ? 1 : 0 }
    }
  }
}
