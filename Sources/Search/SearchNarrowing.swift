import Foundation

extension ParameterDistribution {
  /// The part of the range around a number: a share of its width, in the logarithm of a logarithmic one;
  /// at the ends, it is moved inside.
  ///
  /// Choices are left as they are.
  ///
  /// - Parameters:
  ///   - center: a number of the distribution.
  ///   - share: above 0, at most 1.
  public func narrowed(around center: Double, share: Double) -> ParameterDistribution {
    precondition(share > 0 && share <= 1, "a share of \(share)")
    switch adjusted {
    case .float(let low, let high, let step, let isLog):
      let part = ParameterDistribution.part(low, high, around: center, share, isLog)
      guard let step else { return .float(low: part.low, high: part.high, isLog: isLog) }
      // Whole steps around the center, one to each side at least.
      let reach = max(1, ((part.high - part.low) / 2 / step).rounded(.down)) * step
      return .float(
        low: max(low, center - reach), high: min(high, center + reach), step: step, isLog: isLog
      ).adjusted
    case .int(let low, let high, let step, let isLog):
      let part = ParameterDistribution.part(Double(low), Double(high), around: center, share, isLog)
      let middle = Int(center)
      func reach(_ end: Double) -> Int { max(1, Int(abs(end - center)) / step) * step }
      return .int(
        low: max(low, middle - reach(part.low)), high: min(high, middle + reach(part.high)),
        step: step, isLog: isLog)
    case .categorical: return self
    }
  }

  private static func part(
    _ low: Double, _ high: Double, around center: Double, _ share: Double, _ isLog: Bool
  ) -> (low: Double, high: Double) {
    guard isLog else {
      let width = (high - low) * share
      let start = min(max(center - width / 2, low), high - width)
      return (start, min(start + width, high))
    }
    let (first, last) = (log(low), log(high))
    let width = (last - first) * share
    let start = min(max(log(center) - width / 2, first), last - width)
    return (max(exp(start), low), min(exp(start + width), high))
  }
}
