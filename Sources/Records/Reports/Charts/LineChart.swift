/// A line chart, such as ROC curves.
public struct LineChart: Equatable, Sendable {
  /// One curve.
  public struct Curve: Equatable, Sendable {
    public var name: String
    /// x and y; a non-finite y leaves a gap.
    public var points: [SIMD2<Double>]
    /// The interval at each point; nil for none.
    public var band: [ClosedRange<Double>]?
    /// Whether points are marked.
    public var isDotted = false

    public init(
      name: String,
      points: [SIMD2<Double>],
      band: [ClosedRange<Double>]? = nil,
      isDotted: Bool = false
    ) {
      (self.name, self.points, self.band, self.isDotted) = (name, points, band, isDotted)
    }

    /// At most `count` points, each the mean of neighbors if there are more.
    public func thinned(to count: Int) -> Curve {
      guard points.count > count else { return self }
      var curve = self
      curve.band = nil
      curve.points = (0..<count).map { index in
        let part = points[index * points.count / count..<(index + 1) * points.count / count]
        return part.reduce(.zero, +) / Double(part.count)
      }
      return curve
    }
  }

  public var title: String
  public var x, y: ChartAxis
  public var curves: [Curve]
  /// A dashed line between two points, such as chance; nil for none.
  public var guide: (SIMD2<Double>, SIMD2<Double>)?
  /// In pixels.
  public var width = 560.0
  public var height = 360.0

  public init(
    title: String,
    x: ChartAxis,
    y: ChartAxis,
    curves: [Curve],
    guide: (SIMD2<Double>, SIMD2<Double>)? = nil,
    width: Double = 560.0,
    height: Double = 360.0
  ) {
    (self.title, self.x, self.y, self.curves) = (title, x, y, curves)
    (self.guide, self.width, self.height) = (guide, width, height)
  }

  public static func == (one: LineChart, other: LineChart) -> Bool { one.drawing == other.drawing }

  /// The drawn chart, with names below the axes.
  public var drawing: SVGDrawing {
    // Names are below the axes, two in a row; a single curve is named by the title.
    let rows = curves.count > 1 ? Double((curves.count + 1) / 2) : 0
    var drawing = SVGDrawing(width: width, height: height + (rows > 0 ? rows * 18 + 6 : 0))
    let plot = Plot(left: 58, top: 34, right: width - 16, bottom: height - 48, x: x, y: y)
    drawing.text(title, x: plot.left, y: 18, style: "title")
    plot.drawAxes(in: &drawing)
    if let guide {
      drawing.line(plot.place(guide.0), plot.place(guide.1), "guide")
    }
    for (index, curve) in curves.enumerated() { draw(curve, index, plot, in: &drawing) }
    if curves.count > 1 {
      for (index, curve) in curves.enumerated() {
        let x = plot.left + Double(index % 2) * (plot.right - plot.left) / 2
        let y = height + 10 + Double(index / 2) * 18
        drawing.box(x: x, y: y - 7, width: 16, height: 4, fill: "var(--s\(index % 7))")
        drawing.text(curve.name, x: x + 22, y: y)
      }
    }
    return drawing
  }

  private func draw(_ curve: Curve, _ index: Int, _ plot: Plot, in drawing: inout SVGDrawing) {
    if let band = curve.band, band.count == curve.points.count {
      let upper = zip(curve.points, band).map { plot.place(SIMD2($0.x, $1.upperBound)) }
      let lower = zip(curve.points, band).map { plot.place(SIMD2($0.x, $1.lowerBound)) }
      drawing.polygon(upper + lower.reversed(), color: index)
    }
    let parts = curve.points.split { point in
      !x.position(of: point.x).isFinite || !y.position(of: point.y).isFinite
    }
    for part in parts {
      drawing.polyline(part.map(plot.place), color: index)
      if curve.isDotted || part.count == 1 {
        for point in part { drawing.dot(plot.place(point), radius: 3, color: index) }
      }
    }
  }
}

/// The area inside a chart's axes.
struct Plot {
  let left, top, right, bottom: Double
  let x, y: ChartAxis

  /// The position of a point; points outside are clamped to the edge.
  func place(_ point: SIMD2<Double>) -> (Double, Double) {
    let across = min(max(x.position(of: point.x), 0), 1)
    let up = min(max(y.position(of: point.y), 0), 1)
    return (left + across * (right - left), bottom - up * (bottom - top))
  }

  func drawAxes(in drawing: inout SVGDrawing) {
    for tick in y.ticks {
      let place = place(SIMD2(x.range.lowerBound, tick.value)).1
      drawing.line((left, place), (right, place), "grid")
      drawing.text(tick.text, x: left - 8, y: place + 4, anchor: .end, style: "faint")
    }
    for tick in x.ticks {
      let place = place(SIMD2(tick.value, y.range.lowerBound)).0
      drawing.line((place, bottom), (place, top), "grid")
      drawing.text(tick.text, x: place, y: bottom + 16, anchor: .middle, style: "faint")
    }
    drawing.text(x.label, x: (left + right) / 2, y: bottom + 34, anchor: .middle, style: "faint")
    drawing.text(
      y.label, x: 14, y: (top + bottom) / 2, anchor: .middle, style: "faint", isUpright: false)
  }
}
