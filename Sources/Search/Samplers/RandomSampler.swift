import Foundation

/// Draws each parameter by itself, uniformly over its distribution.
public struct RandomSampler: Sendable {
  public init() {}

  /// A number for each parameter.
  public func suggestion(
    in space: SearchSpace, using source: inout some RandomNumberGenerator
  ) -> [String: Double] {
    space.sorted.reduce(into: [:]) { numbers, parameter in
      numbers[parameter.name] = parameter.distribution.uniformDraw(using: &source)
    }
  }
}

extension ParameterDistribution {
  /// A number of the distribution, each equally likely, or its logarithm.
  ///
  /// The first and the last step have as much room as the others.
  func uniformDraw(using source: inout some RandomNumberGenerator) -> Double {
    switch adjusted {
    case .float(let low, let high, let step, let isLog):
      guard high > low else { return low }
      if let step {
        let draw = source.uniform(low - step / 2, high + step / 2)
        return nearest(to: draw)
      }
      let draw = isLog ? exp(source.uniform(log(low), log(high))) : source.uniform(low, high)
      return min(max(draw, low), high.nextDown)
    case .int(let low, let high, let step, let isLog):
      let (first, last) = (Double(low) - Double(step) / 2, Double(high) + Double(step) / 2)
      return nearest(
        to: isLog ? exp(source.uniform(log(first), log(last))) : source.uniform(first, last))
    case .categorical(let choices): return Double(source.index(choices.count))
    }
  }

  /// The number of the distribution that is nearest to another; for choices, the index itself.
  func nearest(to number: Double) -> Double {
    func stepped(_ low: Double, _ high: Double, _ step: Double) -> Double {
      let place = ((number - low) / step).rounded(.toNearestOrEven)
      return min(max(low + place * step, low), high)
    }
    switch adjusted {
    case .float(let low, let high, let step, _):
      return step.map { stepped(low, high, $0) } ?? min(max(number, low), high)
    case .int(let low, let high, let step, _):
      return stepped(Double(low), Double(high), Double(step))
    case .categorical: return number
    }
  }
}
