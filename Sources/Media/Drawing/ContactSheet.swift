/// Labeled rows of pictures under a title.
public struct ContactSheet: Equatable, Sendable {
  /// One row of pictures.
  public struct Row: Equatable, Sendable {
    /// The text left of the row.
    public let label: String
    /// The pictures, from left to right; nil leaves a gap.
    public let images: [Image?]

    /// A row of pictures, from left to right.
    public init(_ label: String, _ images: [Image?]) {
      self.label = label
      self.images = images
    }
  }

  /// The title above the sheet; empty for none.
  public var title: String
  /// The text above each column; empty for none.
  public var columns: [String]
  /// The rows, from top to bottom.
  public var rows: [Row]
  /// The width of a cell, in pixels; pictures are scaled to fit and keep their aspect ratio.
  public var cellSize: Int
  /// The height of a cell, in pixels.
  public var cellHeight: Int

  /// A sheet of the rows, from top to bottom.
  ///
  /// - Parameter cellHeight: nil for square cells.
  public init(
    title: String, columns: [String] = [], rows: [Row], cellSize: Int = 96, cellHeight: Int? = nil
  ) {
    self.cellHeight = cellHeight ?? cellSize
    precondition(
      cellSize > 0 && self.cellHeight > 0, "cells of \(cellSize)×\(self.cellHeight) pixels")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.cellSize = cellSize
  }

  /// The sheet as a picture.
  public func drawn() throws(MediaError) -> Image {
    let layout = try SheetLayout(of: self)
    let canvas = try Canvas(width: layout.width, height: layout.height, color: .paper)
    drawTexts(on: canvas, layout)
    var sheet = canvas.image()
    for (row, content) in rows.enumerated() {
      for (column, image) in content.images.enumerated() {
        guard let image else { continue }
        let fitted = self.fitted(image)
        sheet.paste(
          fitted, x: layout.left(of: column) + (cellSize - fitted.width) / 2,
          y: layout.top(of: row) + (cellHeight - fitted.height) / 2)
      }
    }
    return sheet
  }

  private func drawTexts(on canvas: borrowing Canvas, _ layout: SheetLayout) {
    let margin = Double(SheetLayout.margin)
    let title = canvas.fitted(
      title, in: Double(layout.width) - 2 * margin, size: SheetLayout.titleSize, bold: true)
    canvas.text(
      title, x: margin, y: margin + SheetLayout.titleSize, size: SheetLayout.titleSize, bold: true,
      .ink)
    for (column, label) in columns.enumerated() where column < layout.columns {
      let label = canvas.fitted(label, in: Double(cellSize), size: SheetLayout.labelSize)
      canvas.text(
        label, x: Double(layout.left(of: column)) + Double(cellSize) / 2,
        y: Double(layout.top(of: 0)) - 8, size: SheetLayout.labelSize, anchor: .center, .faintInk)
    }
    for (row, content) in rows.enumerated() {
      let label = canvas.fitted(
        content.label, in: SheetLayout.widestLabel, size: SheetLayout.labelSize)
      canvas.text(
        label, x: Double(layout.left(of: 0)) - 12,
        y: Double(layout.top(of: row)) + Double(cellHeight) / 2 + SheetLayout.labelSize * 0.36,
        size: SheetLayout.labelSize, anchor: .right, .ink)
    }
  }

  /// The picture, scaled to fit into a cell.
  private func fitted(_ image: Image) -> Image {
    // The side that fills its cell first, and the size of the cell there.
    let isWide = image.width * cellHeight >= image.height * cellSize
    let (side, cell) = isWide ? (image.width, cellSize) : (image.height, cellHeight)
    let width = max((image.width * cell + side / 2) / side, 1)
    let height = max((image.height * cell + side / 2) / side, 1)
    return image.resized(width: width, height: height, filter: side > cell ? .area : .lanczos)
  }
}
