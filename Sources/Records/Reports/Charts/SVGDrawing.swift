import Foundation

/// A drawing of lines, boxes and text, as SVG.
public struct SVGDrawing: Equatable, Sendable {
  /// In pixels.
  let width, height: Double
  private var elements: [String] = []

  init(width: Double, height: Double) {
    (self.width, self.height) = (width, height)
  }

  /// The alignment of a text relative to its position.
  enum Anchor: String {
    case start, middle, end
  }

  mutating func line(_ from: (Double, Double), _ to: (Double, Double), _ style: String) {
    elements.append(
      "<line class=\"\(style)\" x1=\"\(SVGDrawing.text(from.0))\" y1=\"\(SVGDrawing.text(from.1))\" "
        + "x2=\"\(SVGDrawing.text(to.0))\" y2=\"\(SVGDrawing.text(to.1))\"/>")
  }

  /// - Parameter color: the index of one of the seven series colors.
  mutating func polyline(_ points: [(Double, Double)], color: Int) {
    elements.append(
      "<polyline class=\"line\" style=\"stroke: var(--s\(color % 7))\" points=\"\(path(points))\"/>"
    )
  }

  mutating func polygon(_ points: [(Double, Double)], color: Int) {
    elements.append(
      "<polygon class=\"band\" style=\"fill: var(--s\(color % 7))\" points=\"\(path(points))\"/>")
  }

  mutating func dot(_ center: (Double, Double), radius: Double, color: Int) {
    elements.append(
      "<circle style=\"fill: var(--s\(color % 7))\" cx=\"\(SVGDrawing.text(center.0))\" "
        + "cy=\"\(SVGDrawing.text(center.1))\" r=\"\(SVGDrawing.text(radius))\"/>")
  }

  /// - Parameter fill: a CSS color.
  mutating func box(x: Double, y: Double, width: Double, height: Double, fill: String) {
    elements.append(
      "<rect style=\"fill: \(fill)\" x=\"\(SVGDrawing.text(x))\" y=\"\(SVGDrawing.text(y))\" "
        + "width=\"\(SVGDrawing.text(max(width, 0)))\" height=\"\(SVGDrawing.text(max(height, 0)))\"/>"
    )
  }

  /// - Parameters:
  ///   - style: class names of `ReportStyle.charts`, or none.
  ///   - fill: a CSS color; by default the style's.
  ///   - isUpright: false for text that runs from bottom to top.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "",
    fill: String? = nil, isUpright: Bool = true
  ) {
    let (x, y) = (SVGDrawing.text(x), SVGDrawing.text(y))
    elements.append(
      "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor.rawValue)\""
        + (style.isEmpty ? "" : " class=\"\(style)\"")
        + (fill.map { " style=\"fill: \($0)\"" } ?? "")
        + (isUpright ? "" : " transform=\"rotate(-90 \(x) \(y))\"")
        + ">\(SVGDrawing.escaped(text))</text>")
  }

  /// The drawing for a page that includes `ReportStyle.charts`.
  func element(_ caption: String) -> String {
    let (width, height) = (SVGDrawing.text(width), SVGDrawing.text(height))
    return
      "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
      + "width=\"\(width)\" height=\"\(height)\" role=\"img\">\n"
      + "<title>\(SVGDrawing.escaped(caption))</title>\n" + elements.joined(separator: "\n")
      + "\n</svg>"
  }

  /// The drawing as a standalone file on a white background.
  public func file(_ caption: String) -> String {
    var whole = self
    whole.elements.insert(
      "<rect width=\"100%\" height=\"100%\" style=\"fill: var(--paper)\"/>", at: 0)
    whole.elements.insert("<style>\n\(ReportStyle.charts)\n</style>", at: 0)
    return whole.element(caption) + "\n"
  }

  /// Escapes a text; control characters, which XML forbids, are removed.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "\n"
      case _ where scalar.properties.generalCategory == .control: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// A coordinate, rounded to a hundredth of a pixel.
  static func text(_ value: Double) -> String {
    let text = String(format: "%.2f", value.isFinite ? value : 0)
    let short = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return text.contains(".") ? String(short.reversed()) : text
  }

  private func path(_ points: [(Double, Double)]) -> String {
    points.map { "\(SVGDrawing.text($0.0)),\(SVGDrawing.text($0.1))" }.joined(separator: " ")
  }
}
