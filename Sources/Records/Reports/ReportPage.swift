import Engine
import Foundation

/// What a run has to say, in the order in which a reader meets it.
///
/// The same page is one HTML file that needs no network, and Markdown with its drawings beside it.
public struct ReportPage: Equatable, Sendable {
  /// One thing on the page.
  public enum Block: Equatable, Sendable {
    /// Begins a section.
    case heading(String)
    /// Plain words.
    case paragraph(String)
    /// Short statements, one below the other.
    case list([String])
    /// Figures in rows.
    case table(ReportTable)
    /// A drawing and what it shows.
    case chart(ReportChart)
    /// Pictures and what they show.
    case picture(ReportPicture)
    /// What to type to repeat the run.
    case command(String)
  }

  /// What the page is called.
  public var title: String
  /// Everything below the title.
  public var blocks: [Block]

  /// What the files of a page are called, without their endings.
  public static let name = "report"
  /// The files of a page, and the folder of its drawings.
  public static let files = ["\(name).html", "\(name).md", ReportChart.folder]

  /// A page that begins with its title.
  public init(_ title: String, _ blocks: [Block] = []) {
    (self.title, self.blocks) = (title, blocks)
  }

  /// Writes `report.html`, `report.md` and, for the latter, the drawings and pictures.
  ///
  /// What lies below the folder's workspace is named from there.
  ///
  /// - Parameter folder: the run's folder, which must be there.
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

  /// The files in a folder that hold the page and its drawings, without the pictures on it.
  public func files(in folder: String) -> [String] {
    let charts = blocks.compactMap { if case .chart(let chart) = $0 { chart.path } else { nil } }
    return (["\(ReportPage.name).html", "\(ReportPage.name).md"] + charts).map {
      "\(folder)/\($0)"
    }
  }
}

/// Figures in rows; the first column says what a row is about.
public struct ReportTable: Equatable, Sendable {
  /// What the columns are.
  public var columns: [String]
  /// A text for each column.
  public var rows: [[String]]

  /// Rows as wide as `columns`.
  public init(_ columns: [String], _ rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "rows of another width")
    (self.columns, self.rows) = (columns, rows)
  }
}

/// A drawing in a report.
public struct ReportChart: Equatable, Sendable {
  /// The name of its file in `charts` beside the Markdown, without an ending.
  public let name: String
  /// What it shows, for those who see it and those who do not.
  public let caption: String
  public let drawing: SVGDrawing

  public init(_ name: String, _ caption: String, _ drawing: SVGDrawing) {
    (self.name, self.caption, self.drawing) = (name, caption, drawing)
  }

  /// The folder of the drawings, beside the Markdown.
  static let folder = "charts"

  /// Where it lies beside the Markdown.
  var path: String { "\(ReportChart.folder)/\(name).svg" }

  /// The drawing as a file of its own.
  var file: String { drawing.file(caption) }
}

/// An encoded picture in a report.
public struct ReportPicture: Equatable, Sendable {
  /// The name of its file beside the Markdown; ends in `.png` or `.jpg`.
  public let name: String
  /// What it shows, for those who see it and those who do not.
  public let caption: String
  /// The file, marked as made.
  public let bytes: [UInt8]

  /// A picture under its caption.
  public init(_ name: String, _ caption: String, bytes: [UInt8]) {
    (self.name, self.caption, self.bytes) = (name, caption, bytes)
  }

  /// A picture that lies in a run's folder; nil where there is none.
  public init?(_ name: String, _ caption: String, in folder: String) throws(RecordsError) {
    guard let data = try RunFolder.contents(of: "\(folder)/\(name)") else { return nil }
    self.init(name, caption, bytes: [UInt8](data))
  }

  var mediaType: String { name.hasSuffix(".png") ? "image/png" : "image/jpeg" }
}
