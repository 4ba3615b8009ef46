import Foundation

/// A bar chart with values and optional intervals.
public struct BarChart: Equatable, Sendable {
  /// One bar.
  public struct Bar: Equatable, Sendable {
    public var name: String
    public var value: Double
    /// The ends of the value's interval; nil for none.
    public var interval: ClosedRange<Double>?
    /// The text at the end of the bar; by default the value.
    public var note: String?

    public init(
      name: String,
      value: Double,
      interval: ClosedRange<Double>? = nil,
      note: String? = nil
    ) {
      (self.name, self.value, self.interval, self.note) = (name, value, interval, note)
    }
  }

  public var title: String
  public var axis: ChartAxis
  public var bars: [Bar]
  /// The position of a dashed line, such as chance; nil for none.
  public var guide: Double?
  /// The start of the bars; nil for the axis' start.
  public var origin: Double?
  /// In pixels.
  public var width = 640.0

  public init(
    title: String,
    axis: ChartAxis,
    bars: [Bar],
    guide: Double? = nil,
    origin: Double? = nil,
    width: Double = 640.0
  ) {
    (self.title, self.axis, self.bars, self.guide) = (title, axis, bars, guide)
    (self.origin, self.width) = (origin, width)
  }

  public var drawing: SVGDrawing {
    let row = 26.0
    let bottom = 34 + Double(bars.count) * row
    let longest = bars.map(\.name.count).max() ?? 0
    let left = min(max(80, Double(longest) * 7.2 + 20), width / 2)
    var drawing = SVGDrawing(width: width, height: bottom + 48)
    let plot = Plot(
      left: left, top: 30, right: width - 120, bottom: bottom, x: axis,
      y: ChartAxis("", 0...Double(max(bars.count, 1))))
    drawing.text(title, x: 14, y: 18, style: "title")
    for tick in axis.ticks {
      let x = plot.place(SIMD2(tick.value, 0)).0
      drawing.line((x, plot.top), (x, bottom), "grid")
      drawing.text(tick.text, x: x, y: bottom + 16, anchor: .middle, style: "faint")
    }
    drawing.text(
      axis.label, x: (left + plot.right) / 2, y: bottom + 34, anchor: .middle, style: "faint")
    let begin = origin.map { plot.place(SIMD2($0, 0)).0 } ?? left
    for (index, bar) in bars.enumerated() {
      let top = 34 + Double(index) * row
      let end = plot.place(SIMD2(bar.value, 0)).0
      if bar.value.isFinite {
        drawing.box(
          x: min(begin, end), y: top, width: abs(end - begin), height: row - 8, fill: "var(--s0)")
      }
      drawing.text(bar.name, x: left - 10, y: top + 13, anchor: .end)
      if let interval = bar.interval {
        let low = plot.place(SIMD2(interval.lowerBound, 0)).0
        let high = plot.place(SIMD2(interval.upperBound, 0)).0
        drawing.line((low, top + 9), (high, top + 9), "whisker")
        drawing.line((low, top + 5), (low, top + 13), "whisker")
        drawing.line((high, top + 5), (high, top + 13), "whisker")
      }
      drawing.text(
        bar.note ?? (bar.value.isFinite ? String(format: "%.3f", bar.value) : "–"),
        x: plot.right + 10, y: top + 13)
    }
    if let guide {
      let x = plot.place(SIMD2(guide, 0)).0
      drawing.line((x, plot.top), (x, bottom), "guide")
    }
    return drawing
  }
}
