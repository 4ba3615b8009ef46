import Foundation

/// One axis of a plot: its value range and ticks.
struct Axis: Equatable {
  /// A mark with its number.
  struct Tick: Equatable {
    let value: Double
    let label: String
  }

  let isLogarithmic: Bool
  /// The smallest and largest value shown.
  let range: ClosedRange<Double>
  let ticks: [Tick]

  /// An axis that shows all finite `values`, with about `count` round ticks.
  ///
  /// - Parameter padding: the share of the value range that is added at each end.
  init(showing values: [Double], ticks count: Int, padding: Double, isLogarithmic: Bool = false) {
    self.isLogarithmic = isLogarithmic
    let shown = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    let scaled = isLogarithmic ? shown.map(log10) : shown
    var (low, high) = (scaled.min() ?? 0, scaled.max() ?? 1)
    // A single value is centered in a range of its own magnitude.
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-300) {
      let half = isLogarithmic ? 0.5 : (low == 0 ? 1 : abs(low) / 2)
      (low, high) = (low - half, high + half)
    }
    let extra = (high - low) * padding
    (low, high) = (low - extra, high + extra)
    range = low...high
    ticks =
      isLogarithmic ? Axis.decades(low, high, count) : Axis.round(low, high, count)
  }

  /// The position of a value, 0 at the axis' start and 1 at its end; nil if it cannot be shown.
  func position(of value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    let scaled = isLogarithmic ? log10(value) : value
    return (scaled - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private static func round(_ low: Double, _ high: Double, _ count: Int) -> [Tick] {
    let rough = (high - low) / Double(max(count, 1))
    let power = pow(10, log10(rough).rounded(.down))
    let steps = [1.0, 2, 5, 10].map { $0 * power }
    let step = steps.min { abs(log($0 / rough)) < abs(log($1 / rough)) } ?? power
    guard step.isFinite, step > 0 else { return [] }
    let decimals = max(0, -Int(log10(step * 1.001).rounded(.down)))
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard first <= last, last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map {
      Tick(value: $0 * step, label: label($0 * step, decimals: decimals))
    }
  }

  /// Powers of ten; also 2 and 5 times them if there are few.
  private static func decades(_ low: Double, _ high: Double, _ count: Int) -> [Tick] {
    let powers = Int(low.rounded(.down))...Int(high.rounded(.up))
    let steps: [Double] = high - low < 1.5 ? [1, 2, 5] : [1]
    let stride = max(1, Int((high - low) / Double(max(count, 1))))
    let values = powers.filter { $0 % stride == 0 }.flatMap { power in
      steps.map { $0 * pow(10, Double(power)) }
    }
    let ticks = values.filter { (low...high).contains(log10($0)) }.map { value in
      Tick(value: value, label: label(value, decimals: max(0, -Int(log10(value).rounded(.down)))))
    }
    // Less than one decade: linear ticks at logarithmic positions.
    return ticks.count >= 2 ? ticks : round(pow(10, low), pow(10, high), count)
  }

  private static func label(_ value: Double, decimals: Int) -> String {
    if value == 0 { return "0" }
    if abs(value) >= 1e7 || decimals > 6 { return String(format: "%.3g", value) }
    let text = String(format: "%.\(decimals)f", abs(value))
    let whole = text.prefix { $0 != "." }
    // Thousands are separated by a narrow space.
    var grouped = ""
    for (index, digit) in whole.reversed().enumerated() {
      if index > 0, index % 3 == 0, whole.count > 4 { grouped.append("\u{2009}") }
      grouped.append(digit)
    }
    return (value < 0 ? "\u{2212}" : "") + grouped.reversed() + text.dropFirst(whole.count)
  }
}
