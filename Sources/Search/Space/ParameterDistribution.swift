/// The values that a parameter may take, as in Optuna's distributions.
///
/// A value is kept as a number, Optuna's internal representation: a float or an int as itself, a
/// choice by its index.
public enum ParameterDistribution: Equatable, Sendable {
  /// Numbers from `low` to `high`: any, or `low` and each further `step`; uniform in the logarithm if
  /// `isLog`.
  case float(low: Double, high: Double, step: Double? = nil, isLog: Bool = false)
  /// Integers from `low` to `high` by `step`; uniform in the logarithm if `isLog`, then by 1.
  case int(low: Int, high: Int, step: Int = 1, isLog: Bool = false)
  /// One of some choices.
  case categorical([SearchValue])

  /// The greatest number of choices: importance divides the space by each.
  public static let mostChoices = 12

  /// Why no value could be drawn, phrased for the middle of a sentence; nil if one can.
  public var fault: String? {
    switch self {
    case .float(let low, let high, let step, let isLog):
      ParameterDistribution.fault(low, high, step, isLog, least: 0)
    case .int(let low, let high, let step, let isLog):
      [low, high, step].contains { $0.magnitude > 1 << 53 }
        ? "its numbers are too large"
        : ParameterDistribution.fault(
          Double(low), Double(high), isLog && step == 1 ? nil : Double(step), isLog, least: 1)
    case .categorical(let choices):
      if choices.isEmpty {
        "it has no choices"
      } else if choices.count > ParameterDistribution.mostChoices {
        "it has more than \(ParameterDistribution.mostChoices) choices"
      } else if Set(choices).count < choices.count {
        "a choice appears twice"
      } else {
        nil
      }
    }
  }

  /// - Parameter least: what logarithmic ranges must be at or, for 0, above.
  private static func fault(
    _ low: Double, _ high: Double, _ step: Double?, _ isLog: Bool, least: Double
  ) -> String? {
    if !low.isFinite || !high.isFinite || step.map(\.isFinite) == false {
      return "its numbers must be finite"
    }
    if low > high { return "low \(low) is above high \(high)" }
    if let step, step <= 0 { return "step \(step) must be above 0" }
    if isLog, step != nil { return "a logarithmic range cannot have steps" }
    if isLog, least == 0 ? low <= 0 : low < least {
      return
        "a logarithmic range must begin \(least == 0 ? "above 0" : "at 1 or above"), not at \(low)"
    }
    return nil
  }

  /// This distribution with its upper end at a step, as Optuna adjusts it.
  public var adjusted: ParameterDistribution {
    switch self {
    case .float(let low, let high, let step?, let isLog):
      // A little more than whole steps are whole steps: decimal steps are not exact in binary.
      let count = ((high - low) / step + 1e-8).rounded(.down)
      return .float(low: low, high: min(high, low + count * step), step: step, isLog: isLog)
    case .int(let low, let high, let step, let isLog):
      return .int(low: low, high: low + (high - low) / step * step, step: step, isLog: isLog)
    case .float, .categorical: return self
    }
  }

  /// True if there is one value alone.
  public var isSingle: Bool {
    switch adjusted {
    case .float(let low, let high, let step, _):
      low == high || step.map { high - low < $0 } ?? false
    case .int(let low, let high, let step, _): high - low < step
    case .categorical(let choices): choices.count == 1
    }
  }

  /// The value that a number stands for.
  public func value(_ number: Double) -> SearchValue {
    switch self {
    case .float: .number(number)
    case .int: .whole(Int(number))
    case .categorical(let choices):
      choices.indices.contains(Int(number)) ? choices[Int(number)] : .nothing
    }
  }

  /// The number that stands for a value; nil for a value that it does not have.
  public func number(_ value: SearchValue) -> Double? {
    switch self {
    case .float, .int: value.number.flatMap { contains($0) ? $0 : nil }
    case .categorical(let choices):
      (choices.firstIndex(of: value)
        ?? choices.firstIndex { $0.number != nil && $0.number == value.number }).map(Double.init)
    }
  }

  /// True if a number stands for a value of this distribution.
  public func contains(_ number: Double) -> Bool {
    switch self {
    case .float(let low, let high, let step, _):
      guard low <= number, number <= high else { return false }
      guard let step else { return true }
      let place = (number - low) / step
      return abs(place - place.rounded()) < 1e-8
    case .int(let low, let high, let step, _):
      return Double(low) <= number && number <= Double(high)
        && (number - Double(low)).truncatingRemainder(dividingBy: Double(step)) == 0
    case .categorical(let choices):
      return number >= 0 && number < Double(choices.count) && number == number.rounded()
    }
  }
}
