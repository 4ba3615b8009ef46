/// Panels of curves, one below the other.
public struct CurvePlot: Equatable, Sendable {
  /// One curve.
  public struct Series: Equatable, Sendable {
    /// Its name in the legend.
    public let name: String
    /// The points; a non-finite value leaves a gap.
    public let points: [Point]

    /// A curve with its name in the legend.
    public init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A point of a curve, in the panel's units.
  public struct Point: Equatable, Sendable {
    /// The horizontal coordinate.
    public let x: Double
    /// The vertical coordinate.
    public let y: Double

    /// The point at `x` and `y`.
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Curves that share two axes.
  public struct Panel: Equatable, Sendable {
    /// The title above the panel; empty for none.
    public var title: String
    /// The quantity and unit of the horizontal axis.
    public var xLabel: String
    /// The quantity and unit of the vertical axis.
    public var yLabel: String
    /// The curves, the first in the darkest color.
    public var series: [Series]
    /// True for a logarithmic vertical axis; values of 0 and less leave a gap.
    public var isLogarithmic: Bool

    /// A panel of curves; the vertical axis is linear by default.
    public init(
      title: String, xLabel: String, yLabel: String, series: [Series], isLogarithmic: Bool = false
    ) {
      self.title = title
      self.xLabel = xLabel
      self.yLabel = yLabel
      self.series = series
      self.isLogarithmic = isLogarithmic
    }
  }

  /// The panels, from top to bottom.
  public var panels: [Panel]
  /// The picture's width, in pixels.
  public var width: Int
  /// Each panel's height, in pixels, labels included.
  public var panelHeight: Int

  /// A plot of the panels, from top to bottom.
  public init(panels: [Panel], width: Int = 900, panelHeight: Int = 340) {
    precondition(width >= 240 && panelHeight >= 160, "a plot of \(width)x\(panelHeight) pixels")
    self.panels = panels
    self.width = width
    self.panelHeight = panelHeight
  }

  /// The plot as a picture.
  public func drawn() throws(MediaError) -> Image {
    let margin = 12
    let canvas = try Canvas(
      width: width, height: max(panels.count, 1) * panelHeight + 2 * margin, color: .paper)
    var drawings: [PanelDrawing] = []
    for (index, panel) in panels.enumerated() {
      drawings.append(
        PanelDrawing(
          panel, on: canvas, top: Double(margin + index * panelHeight), height: Double(panelHeight))
      )
    }
    let left = drawings.map(\.left).max() ?? 0
    for var drawing in drawings {
      drawing.left = left
      drawing.draw(on: canvas)
    }
    return canvas.image()
  }
}
