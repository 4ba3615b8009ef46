import Foundation

/// One side of a chart: which values it spans, and where its numbers stand.
struct ChartAxis: Equatable, Sendable {
  let label: String
  let range: ClosedRange<Double>

  init(_ label: String, _ range: ClosedRange<Double>) {
    self.label = label
    self.range =
      range.upperBound > range.lowerBound
      ? range : range.lowerBound - 0.5...range.lowerBound + 0.5
  }

  /// An axis that shows all finite values, with a little room at the ends.
  init(_ label: String, showing values: [Double]) {
    let shown = values.filter(\.isFinite)
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 1)
    let room = (high - low) * 0.04
    self.init(label, low - room...high + room)
  }

  /// Where a value stands, 0 at the axis' start and 1 at its end.
  func position(of value: Double) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// Round values, about five, with what is written beside them.
  var ticks: [(value: Double, text: String)] {
    let rough = (range.upperBound - range.lowerBound) / 5
    let power = pow(10, log10(rough).rounded(.down))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.8 } ?? power * 10
    let decimals = max(0, -Int(log10(step * 1.001).rounded(.down)))
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map {
      (Double($0) * step, String(format: "%.\(decimals)f", Double($0) * step))
    }
  }
}
