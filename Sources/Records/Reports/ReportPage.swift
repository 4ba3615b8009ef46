import Engine
import Foundation

/// A report, in reading order.
///
/// It is written as one HTML file without external resources, and as Markdown with separate charts.
public struct ReportPage: Equatable, Sendable {
  /// A block of the page.
  public enum Block: Equatable, Sendable {
    /// The heading of a section.
    case heading(String)
    /// A paragraph of text.
    case paragraph(String)
    /// Short statements, one below the other.
    case list([String])
    /// A table.
    case table(ReportTable)
    /// A chart with its caption.
    case chart(ReportChart)
    /// A picture with its caption.
    case picture(ReportPicture)
    /// The command that reproduces the run.
    case command(String)
  }

  /// The page's title.
  public var title: String
  /// Everything below the title.
  public var blocks: [Block]

  /// The name of a page's files, without extension.
  public static let name = "report"
  /// The files of a page, and the folder of its charts.
  public static let files = ["\(name).html", "\(name).md", ReportChart.folder]

  /// A page with a title.
  public init(_ title: String, _ blocks: [Block] = []) {
    (self.title, self.blocks) = (title, blocks)
  }

  /// Writes `report.html`, `report.md` and, for the latter, charts and pictures.
  ///
  /// Paths below the folder's workspace are made relative to it.
  ///
  /// - Parameter folder: the run's existing folder.
  public func write(to folder: String) throws {
    let workspace = try? Workspace(above: folder)
    try (workspace.map(named) ?? self).writeAsIs(to: folder)
  }

  private func writeAsIs(to folder: String) throws {
    try WholeFile.write(Array(html.utf8), to: "\(folder)/\(ReportPage.name).html")
    for block in blocks {
      switch block {
      case .chart(let chart):
        try RunFolder.make("\(folder)/\(ReportChart.folder)")
        try WholeFile.write(Array(chart.file.utf8), to: "\(folder)/\(chart.path)")
      case .picture(let picture):
        try WholeFile.write(picture.bytes, to: "\(folder)/\(picture.name)")
      case .heading, .paragraph, .list, .table, .command: break
      }
    }
    try WholeFile.write(Array(markdown.utf8), to: "\(folder)/\(ReportPage.name).md")
  }

  /// The files in a folder that belong to the page and its charts, without the pictures.
  public func files(in folder: String) -> [String] {
    let charts = blocks.compactMap { if case .chart(let chart) = $0 { chart.path } else { nil } }
    return (["\(ReportPage.name).html", "\(ReportPage.name).md"] + charts).map {
      "\(folder)/\($0)"
    }
  }
}

/// A table; the first column names the rows.
public struct ReportTable: Equatable, Sendable {
  /// The column headers.
  public var columns: [String]
  /// A text for each column.
  public var rows: [[String]]

  /// Rows as wide as `columns`.
  public init(_ columns: [String], _ rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "rows of another width")
    (self.columns, self.rows) = (columns, rows)
  }
}

/// A chart in a report.
public struct ReportChart: Equatable, Sendable {
  /// The name of its file in `charts` next to the Markdown, without extension.
  public let name: String
  /// The caption, which is also the alternative text.
  public let caption: String
  public let drawing: SVGDrawing

  public init(_ name: String, _ caption: String, _ drawing: SVGDrawing) {
    (self.name, self.caption, self.drawing) = (name, caption, drawing)
  }

  /// The folder of the charts, next to the Markdown.
  static let folder = "charts"

  /// The path, relative to the Markdown.
  var path: String { "\(ReportChart.folder)/\(name).svg" }

  /// The chart as a standalone file.
  var file: String { drawing.file(caption) }
}

/// An encoded picture in a report.
public struct ReportPicture: Equatable, Sendable {
  /// The name of its file next to the Markdown, ending in `.png` or `.jpg`.
  public let name: String
  /// The caption, which is also the alternative text.
  public let caption: String
  /// The encoded file, with its mark.
  public let bytes: [UInt8]

  /// A picture with its caption.
  public init(_ name: String, _ caption: String, bytes: [UInt8]) {
    (self.name, self.caption, self.bytes) = (name, caption, bytes)
  }

  /// A picture in a run's folder; nil if there is none.
  public init?(_ name: String, _ caption: String, in folder: String) throws(RecordsError) {
    guard let data = try RunFolder.contents(of: "\(folder)/\(name)") else { return nil }
    self.init(name, caption, bytes: [UInt8](data))
  }

  var mediaType: String { name.hasSuffix(".png") ? "image/png" : "image/jpeg" }
}
