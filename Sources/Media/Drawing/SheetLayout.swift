/// The layout of a contact sheet, in pixels.
struct SheetLayout {
  static let margin = 20
  static let gap = 4
  static let titleSize = 17.0
  static let labelSize = 13.0
  /// The maximum width of a row's label.
  static let widestLabel = 220.0

  let columns: Int
  let width: Int
  let height: Int
  private let cellWidth, cellHeight: Int
  private let firstLeft: Int
  private let firstTop: Int

  init(of sheet: ContactSheet) throws(MediaError) {
    let ruler = try Canvas(width: 1, height: 1, color: .paper)
    let label =
      sheet.rows.map { ruler.width(of: $0.label, size: SheetLayout.labelSize) }.max() ?? 0
    let labelRoom = label > 0 ? Int(min(label, SheetLayout.widestLabel).rounded(.up)) + 12 : 0
    let title = ruler.width(of: sheet.title, size: SheetLayout.titleSize, bold: true)
    columns = sheet.rows.map(\.images.count).max() ?? 0
    (cellWidth, cellHeight) = (sheet.cellSize, sheet.cellHeight)
    firstLeft = SheetLayout.margin + labelRoom
    firstTop =
      SheetLayout.margin + (sheet.title.isEmpty ? 0 : 34) + (sheet.columns.isEmpty ? 0 : 22)
    let (across, down) = (cellWidth + SheetLayout.gap, cellHeight + SheetLayout.gap)
    let content = firstLeft + columns * across - (columns > 0 ? SheetLayout.gap : 0)
    // A narrow sheet is widened for its title, up to a limit.
    let titled = SheetLayout.margin + min(Int(title.rounded(.up)), 640)
    width = max(content, titled) + SheetLayout.margin
    height =
      firstTop + sheet.rows.count * down - (sheet.rows.isEmpty ? 0 : SheetLayout.gap)
      + SheetLayout.margin
  }

  /// The left edge of a column of cells.
  func left(of column: Int) -> Int { firstLeft + column * (cellWidth + SheetLayout.gap) }

  /// The upper edge of a row of cells.
  func top(of row: Int) -> Int { firstTop + row * (cellHeight + SheetLayout.gap) }
}
