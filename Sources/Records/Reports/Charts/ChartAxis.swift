import Foundation

/// One axis of a chart: its value range and ticks.
public struct ChartAxis: Equatable, Sendable {
  public let label: String
  public let range: ClosedRange<Double>
  /// True for a logarithmic axis; values of 0 and less have no position on it.
  public let isLogarithmic: Bool

  public init(_ label: String, _ range: ClosedRange<Double>) {
    self.label = label
    isLogarithmic = false
    self.range =
      range.upperBound > range.lowerBound
      ? range : range.lowerBound - 0.5...range.lowerBound + 0.5
  }

  /// An axis that shows all finite values, with a margin at the ends.
  public init(_ label: String, showing values: [Double]) {
    let shown = values.filter(\.isFinite)
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 1)
    let room = (high - low) * 0.04
    self.init(label, low - room...high + room)
  }

  /// A logarithmic axis that shows all values above 0.
  public init(_ label: String, powersShowing values: [Double]) {
    let shown = values.filter { $0.isFinite && $0 > 0 }
    let (low, high) = (shown.min() ?? 1, shown.max() ?? 10)
    let room = max(pow(high / low, 0.04), 1.05)
    self.label = label
    isLogarithmic = true
    range = low / room...high * room
  }

  /// The position of a value, 0 at the axis' start and 1 at its end; not finite if it has none.
  func position(of value: Double) -> Double {
    guard isLogarithmic else {
      return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    guard value > 0 else { return .nan }
    return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }

  /// About five round values, with their text.
  var ticks: [(value: Double, text: String)] {
    let powers = isLogarithmic ? self.powers : []
    guard powers.count < 2 else { return powers }
    let rough = (range.upperBound - range.lowerBound) / 5
    let power = pow(10, log10(rough).rounded(.down))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.8 } ?? power * 10
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { (Double($0) * step, ChartAxis.text(Double($0) * step, step)) }
  }

  /// Powers of ten in the range; also 2 and 5 times them if there are few.
  private var powers: [(value: Double, text: String)] {
    let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
    let factors: [Double] = high - low < 2 ? [1, 2, 5] : [1]
    return (Int(low.rounded(.down))...Int(high.rounded(.up))).flatMap { power in
      factors.map { factor in
        let value = factor * pow(10, Double(power))
        return (value, ChartAxis.text(value, value))
      }
    }.filter { range.contains($0.0) }
  }

  /// A value with the decimals that `step` needs.
  private static func text(_ value: Double, _ step: Double) -> String {
    String(format: "%.\(max(0, -Int(log10(step * 1.001).rounded(.down))))f", value)
  }
}
