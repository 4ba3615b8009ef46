import Foundation

/// The report of a run or dataset, derived from the files in its folder.
public struct RunReport: Codable, Equatable, Sendable {
  /// The name of the run or dataset.
  public let run: String
  /// The report's folder.
  public let folder: String
  /// The self-contained page.
  public let html: String
  /// The page as Markdown, with separate charts and pictures.
  public let markdown: String

  /// Rewrites the report of a run or dataset.
  ///
  /// - Parameters:
  ///   - name: a run below `Labs`, a dataset below `Datasets`, or a folder; nil for the newest of
  ///     all.
  ///   - workspace: the workspace; nil for the nearest one upwards.
  ///   - readers: the kinds of reports, in the order in which they are tried.
  public init(writing name: String?, workspace: String?, readers: [ReportReader]) throws {
    let files = readers.map(\.file)
    let folder = try ReportedFolder(name, workspace: workspace, marks: files).path
    let page = try RunReport.page(of: folder, readers)
    try self.init(page, in: folder)
    let place = Workspace.of(folder, named: workspace)
    Recording.noteAgain(page.files(in: folder), making: "report", of: folder, in: place)
  }

  /// Writes the report of a folder.
  public init(in folder: String, readers: [ReportReader]) throws {
    try self.init(RunReport.page(of: folder, readers), in: folder)
  }

  private init(_ page: ReportPage, in folder: String) throws {
    run = (folder as NSString).lastPathComponent
    try page.write(to: folder)
    self.folder = folder
    html = "\(folder)/\(ReportPage.name).html"
    markdown = "\(folder)/\(ReportPage.name).md"
  }

  private static func page(of folder: String, _ readers: [ReportReader]) throws -> ReportPage {
    for reader in readers {
      if let page = try reader.page(folder) { return page }
    }
    throw RecordsError.nothingToReport(
      name: (folder as NSString).lastPathComponent,
      reason:
        "it is not the folder of a run or dataset"
    )
  }

  /// The command in a settings file; nil if there is none.
  public static func command(at path: String) -> String? {
    struct Settings: Decodable { let command: String }
    let data = FileManager.default.contents(atPath: path)
    return data.flatMap { try? JSONDecoder().decode(Settings.self, from: $0).command }
  }
}
