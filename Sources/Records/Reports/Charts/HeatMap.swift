import Foundation

/// A matrix of numbers with fields that are darker for larger values.
public struct HeatMap: Equatable, Sendable {
  public var title: String
  /// The labels of rows and columns.
  public var rowLabel, columnLabel: String
  public var rows, columns: [String]
  /// Row by row; nil for missing values.
  public var values: [[Double?]]
  /// The text below each number, such as its interval; of the same shape as `values`, or empty.
  public var notes: [[String]] = []
  /// The values of the palest and the darkest field.
  public var range: ClosedRange<Double>
  /// The number of decimals.
  public var decimals = 2

  public init(
    title: String,
    rowLabel: String,
    columnLabel: String,
    rows: [String],
    columns: [String],
    values: [[Double?]],
    notes: [[String]] = [],
    range: ClosedRange<Double>,
    decimals: Int = 2
  ) {
    (self.title, self.rowLabel, self.columnLabel, self.rows) = (title, rowLabel, columnLabel, rows)
    (self.columns, self.values, self.notes, self.range) = (columns, values, notes, range)
    self.decimals = decimals
  }

  public var drawing: SVGDrawing {
    let (cellWidth, cellHeight) = (96.0, 46.0)
    let longest = rows.map(\.count).max() ?? 0
    let left = min(max(90, Double(longest) * 7.2 + 40), 320)
    let top = 72.0
    var drawing = SVGDrawing(
      width: max(left + Double(columns.count) * cellWidth + 16, Double(title.count) * 8 + 28),
      height: top + Double(rows.count) * cellHeight + 16)
    drawing.text(title, x: 14, y: 18, style: "title")
    drawing.text(
      columnLabel, x: left + Double(columns.count) * cellWidth / 2, y: 40, anchor: .middle,
      style: "faint")
    for (column, name) in columns.enumerated() {
      drawing.text(name, x: left + (Double(column) + 0.5) * cellWidth, y: 62, anchor: .middle)
    }
    drawing.text(
      rowLabel, x: 14, y: top + Double(rows.count) * cellHeight / 2, anchor: .middle,
      style: "faint", isUpright: false)
    for (row, name) in rows.enumerated() {
      let y = top + Double(row) * cellHeight
      drawing.text(name, x: left - 10, y: y + cellHeight / 2 + 4, anchor: .end)
      for column in columns.indices {
        draw(
          row, column, x: left + Double(column) * cellWidth, y: y, (cellWidth, cellHeight), &drawing
        )
      }
    }
    return drawing
  }

  private func draw(
    _ row: Int, _ column: Int, x: Double, y: Double, _ size: (Double, Double),
    _ drawing: inout SVGDrawing
  ) {
    guard let value = values[row][column], value.isFinite else {
      drawing.box(
        x: x + 1, y: y + 1, width: size.0 - 2, height: size.1 - 2, fill: "var(--shade)")
      drawing.text("–", x: x + size.0 / 2, y: y + size.1 / 2 + 4, anchor: .middle, style: "faint")
      return
    }
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    let strength = min(max(share, 0), 1)
    // From pale to dark blue; text is white on dark fields.
    func part(_ pale: Double, _ dark: Double) -> Int { Int(pale + (dark - pale) * strength) }
    let fill = "rgb(\(part(234, 0)), \(part(243, 80)), \(part(250, 140)))"
    let ink = strength > 0.45 ? "#ffffff" : "#202124"
    drawing.box(x: x + 1, y: y + 1, width: size.0 - 2, height: size.1 - 2, fill: fill)
    let note = notes.isEmpty ? "" : notes[row][column]
    let middle = y + size.1 / 2
    drawing.text(
      String(format: "%.\(decimals)f", value), x: x + size.0 / 2,
      y: note.isEmpty ? middle + 4 : middle - 2,
      anchor: .middle, fill: ink)
    if !note.isEmpty {
      drawing.text(note, x: x + size.0 / 2, y: middle + 14, anchor: .middle, fill: ink)
    }
  }
}
