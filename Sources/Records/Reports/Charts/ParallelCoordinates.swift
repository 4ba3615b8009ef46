/// A chart of points with many coordinates: an upright axis for each, and a line across them for each
/// point.
public struct ParallelCoordinates: Equatable, Sendable {
  /// An axis.
  public struct Axis: Equatable, Sendable {
    public var name: String
    /// Texts along the axis, 0…1 from below.
    public var ticks: [(place: Double, text: String)]

    public init(name: String, ticks: [(place: Double, text: String)]) {
      (self.name, self.ticks) = (name, ticks)
    }

    public static func == (one: Axis, other: Axis) -> Bool {
      one.name == other.name && one.ticks.elementsEqual(other.ticks) { $0 == $1 }
    }
  }

  /// A line across the axes.
  public struct Line: Equatable, Sendable {
    /// The position on each axis, 0…1 from below; a line has a gap where it has none.
    public var places: [Double?]
    /// Whether it is drawn in front, in another color.
    public var isMarked: Bool

    public init(_ places: [Double?], isMarked: Bool) {
      (self.places, self.isMarked) = (places, isMarked)
    }
  }

  public var title: String
  public var axes: [Axis]
  public var lines: [Line]
  /// In pixels.
  public var height = 340.0

  /// Lines with a position for each axis.
  public init(title: String, axes: [Axis], lines: [Line]) {
    precondition(lines.allSatisfy { $0.places.count == axes.count }, "lines of other axes")
    (self.title, self.axes, self.lines) = (title, axes, lines)
  }

  /// The drawn chart; marked lines lie above the others.
  public var drawing: SVGDrawing {
    let width = max(560, Double(axes.count) * 120 + 40)
    let (top, bottom, left, right) = (50.0, height - 40, 60.0, width - 70)
    var drawing = SVGDrawing(width: width, height: height)
    drawing.text(title, x: 14, y: 18, style: "title")
    func across(_ index: Int) -> Double {
      axes.count < 2 ? left : left + Double(index) * (right - left) / Double(axes.count - 1)
    }
    func down(_ place: Double) -> Double { bottom - min(max(place, 0), 1) * (bottom - top) }
    for line in lines.filter({ !$0.isMarked }) + lines.filter(\.isMarked) {
      let points = line.places.indices.map { index in
        line.places[index].map { (across(index), down($0)) }
      }
      for part in points.split(whereSeparator: { $0 == nil }) {
        drawing.polyline(part.compactMap { $0 }, color: line.isMarked ? 1 : 5)
      }
    }
    for (index, axis) in axes.enumerated() {
      let x = across(index)
      drawing.line((x, top), (x, bottom), "whisker")
      drawing.text(
        axis.name, x: x, y: index.isMultiple(of: 2) ? bottom + 18 : bottom + 32, anchor: .middle)
      for tick in axis.ticks {
        drawing.text(tick.text, x: x + 5, y: down(tick.place) + 4, style: "faint")
      }
    }
    return drawing
  }
}
