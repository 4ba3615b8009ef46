/// Draws one panel of a plot: frame, ticks, curves, legend.
struct PanelDrawing {
  private static let textSize = 12.0
  private static let titleSize = 14.0

  private let panel: CurvePlot.Panel
  private let x: Axis
  private let y: Axis
  /// The frame's left edge; the panels of a plot share the rightmost one.
  var left: Double
  private let width: Double
  private let isEmpty: Bool
  /// The top and height of the whole panel.
  private let outside: (top: Double, height: Double)
  /// The curves by lines of the legend; with several, the title has a line of its own above them.
  private var legend: [[Int]] = []
  /// The height of a line of the legend, and the room of a curve's line beside its name.
  private static let (legendLine, legendMark) = (18.0, 42.0)

  init(_ panel: CurvePlot.Panel, on canvas: borrowing Canvas, top: Double, height: Double) {
    self.panel = panel
    outside = (top, height)
    let shown = panel.series.flatMap(\.points).filter {
      $0.x.isFinite && $0.y.isFinite && (!panel.isLogarithmic || $0.y > 0)
    }
    x = Axis(showing: shown.map(\.x), ticks: canvas.width / 110, padding: 0.01)
    y = Axis(
      showing: shown.map(\.y), ticks: Int(height) / 55, padding: 0.06,
      isLogarithmic: panel.isLogarithmic)
    isEmpty = shown.isEmpty
    let numbers = y.ticks.map { canvas.width(of: $0.label, size: PanelDrawing.textSize) }.max() ?? 0
    left = (44 + numbers).rounded()
    width = Double(canvas.width)
  }

  /// The frame, in pixels, below the title and above the tick labels and the axis label.
  private var frame: (left: Double, top: Double, width: Double, height: Double) {
    let head = 40 + Double(max(legend.count - 1, 0)) * PanelDrawing.legendLine
    return (left, outside.top + head, width - left - 24, outside.height - 50 - head)
  }

  mutating func draw(on canvas: borrowing Canvas) {
    legend = legendLines(on: canvas)
    drawAxes(on: canvas)
    if isEmpty {
      canvas.text(
        "nothing to show yet", x: frame.left + frame.width / 2, y: frame.top + frame.height / 2,
        size: PanelDrawing.textSize, anchor: .center, .faintInk)
    }
    for (index, series) in panel.series.enumerated() {
      draw(series, PanelDrawing.color(index), on: canvas)
    }
    drawHead(on: canvas)
  }

  private static func color(_ index: Int) -> Color { Color.series[index % Color.series.count] }

  private func drawAxes(on canvas: borrowing Canvas) {
    let (bottom, right) = (frame.top + frame.height, frame.left + frame.width)
    for tick in isEmpty ? [] : y.ticks {
      guard let share = y.position(of: tick.value) else { continue }
      // One-pixel lines are sharp at half-integers.
      let height = (bottom - share * frame.height).rounded(.down) + 0.5
      canvas.line([(frame.left, height), (right, height)], .grid)
      canvas.text(
        tick.label, x: frame.left - 8, y: height + 4, size: PanelDrawing.textSize, anchor: .right,
        .faintInk)
    }
    for tick in isEmpty ? [] : x.ticks {
      guard let share = x.position(of: tick.value) else { continue }
      let place = (frame.left + share * frame.width).rounded(.down) + 0.5
      canvas.line([(place, frame.top), (place, bottom)], .grid)
      canvas.line([(place, bottom), (place, bottom + 5)], .frame)
      canvas.text(
        tick.label, x: place, y: bottom + 19, size: PanelDrawing.textSize, anchor: .center,
        .faintInk)
    }
    let (left, base) = (frame.left + 0.5, bottom.rounded(.down) + 0.5)
    canvas.line([(left, frame.top), (left, base), (right, base)], .frame)
    canvas.text(
      panel.xLabel, x: frame.left + frame.width / 2, y: bottom + 39, size: PanelDrawing.textSize,
      anchor: .center, .ink)
    canvas.textUpwards(
      canvas.fitted(panel.yLabel, in: outside.height - 20, size: PanelDrawing.textSize), x: 24,
      y: frame.top + frame.height / 2, size: PanelDrawing.textSize, .ink)
  }

  private func draw(_ series: CurvePlot.Series, _ color: Color, on canvas: borrowing Canvas) {
    for run in visible(series) {
      if run.count == 1 {
        canvas.dot(x: run[0].x, y: run[0].y, radius: 3, color)
      } else {
        canvas.line(PanelDrawing.thinned(run), width: 1.8, color)
      }
    }
  }

  /// The contiguous parts of a curve, in pixels.
  private func visible(_ series: CurvePlot.Series) -> [[(x: Double, y: Double)]] {
    var runs: [[(x: Double, y: Double)]] = [[]]
    for point in series.points {
      if let across = x.position(of: point.x), let up = y.position(of: point.y) {
        runs[runs.count - 1].append(
          (frame.left + across * frame.width, frame.top + (1 - up) * frame.height))
      } else {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// The first, lowest, highest and last point of each pixel column.
  ///
  /// M4 (Jugel et al. 2014); a curve of a million points is drawn as fast as one of a thousand.
  private static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > 4000 else { return points }
    var result: [(x: Double, y: Double)] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded(.down)
      var (end, low, high) = (start, start, start)
      while end < points.count, points[end].x.rounded(.down) == column {
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
        end += 1
      }
      for index in Set([start, low, high, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }

  /// The curves by lines of the legend: one beside the title where all have room there, and otherwise
  /// as few as hold them below it.
  private func legendLines(on canvas: borrowing Canvas) -> [[Int]] {
    var (lines, room): ([[Int]], Double) = ([[]], 0)
    for (index, series) in panel.series.enumerated() where !series.name.isEmpty {
      let width = canvas.width(of: series.name, size: PanelDrawing.textSize)
      if !lines[lines.count - 1].isEmpty, room + width > frame.width {
        lines.append([])
        room = 0
      }
      lines[lines.count - 1].append(index)
      room += width + PanelDrawing.legendMark
    }
    let title = canvas.width(of: panel.title, size: PanelDrawing.titleSize, bold: true)
    let isApart = !panel.title.isEmpty && (lines.count > 1 || title + room > frame.width)
    return (isApart ? [[]] : []) + lines
  }

  /// The title at the left and the legend at the right, above the frame.
  private func drawHead(on canvas: borrowing Canvas) {
    let last = frame.top - 13
    let first = last - Double(legend.count - 1) * PanelDrawing.legendLine
    var end = frame.left + frame.width
    for (number, line) in legend.enumerated() {
      let baseline = first + Double(number) * PanelDrawing.legendLine
      var right = frame.left + frame.width
      for index in line.reversed() {
        let name = panel.series[index].name
        right -= canvas.width(of: name, size: PanelDrawing.textSize)
        canvas.text(name, x: right, y: baseline, size: PanelDrawing.textSize, .ink)
        canvas.line(
          [(right - 26, baseline - 4), (right - 6, baseline - 4)], width: 2.5,
          PanelDrawing.color(index))
        right -= PanelDrawing.legendMark
      }
      if number == 0 { end = right }
    }
    let title = canvas.fitted(
      panel.title, in: max(end - frame.left, 60), size: PanelDrawing.titleSize, bold: true)
    canvas.text(title, x: frame.left, y: first, size: PanelDrawing.titleSize, bold: true, .ink)
  }
}
