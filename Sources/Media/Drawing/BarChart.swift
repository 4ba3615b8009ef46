import Foundation

/// Horizontal bars with their names, to both sides of 0.
public struct BarChart: Equatable, Sendable {
  /// One bar.
  public struct Bar: Equatable, Sendable {
    public let name: String
    public let value: Double

    public init(_ name: String, _ value: Double) { (self.name, self.value) = (name, value) }
  }

  /// The title above the chart; empty for none.
  public var title: String
  /// From top to bottom.
  public var bars: [Bar]
  /// The picture's width, in pixels.
  public var width: Int

  private static let (margin, row, textSize, titleSize) = (12.0, 24.0, 12.0, 14.0)

  /// A chart of the bars, from top to bottom.
  public init(title: String, bars: [Bar], width: Int = 900) {
    precondition(width >= 240, "a chart of \(width) pixels")
    (self.title, self.bars, self.width) = (title, bars, width)
  }

  /// The chart as a picture.
  public func drawn() throws(MediaError) -> Image {
    let (margin, row, size) = (BarChart.margin, BarChart.row, BarChart.textSize)
    let top = 2 * margin + BarChart.titleSize
    let canvas = try Canvas(
      width: width, height: Int(top + Double(max(bars.count, 1)) * row + margin), color: .paper)
    canvas.text(
      title, x: margin, y: margin + BarChart.titleSize, size: BarChart.titleSize, bold: true, .ink)
    let left = Double(width) * 0.4
    let room = Double(width) - left - 2 * margin
    let middle = left + room / 2
    let most = bars.map { abs($0.value) }.filter(\.isFinite).max() ?? 0
    // Numbers stand beside the bars.
    let reach = room / 2 - 52
    for (index, bar) in bars.enumerated() {
      let y = top + Double(index) * row
      let name = canvas.fitted(bar.name, in: left - 2 * margin, size: size)
      canvas.text(name, x: left - margin, y: y + row * 0.66, size: size, anchor: .right, .ink)
      guard bar.value.isFinite else { continue }
      let length = most > 0 ? abs(bar.value) / most * reach : 0
      let start = bar.value < 0 ? middle - length : middle
      canvas.fill(
        x: start, y: y + 4, width: max(length, 1), height: row - 8,
        Color.series[bar.value < 0 ? 0 : 1])
      canvas.text(
        String(format: "%+.2f", bar.value), x: bar.value < 0 ? start - 6 : start + length + 6,
        y: y + row * 0.66, size: size, anchor: bar.value < 0 ? .right : .left, .faintInk)
    }
    canvas.line(
      [(middle + 0.5, top), (middle + 0.5, top + Double(bars.count) * row)], .frame)
    return canvas.image()
  }
}
