import Foundation

/// The report of a run or of a set: a page that follows from the files of its folder alone.
public struct RunReport: Codable, Equatable, Sendable {
  /// What the run or the set is called.
  public let run: String
  /// The folder that the report lies in.
  public let folder: String
  /// The page: one file that needs no other.
  public let html: String
  /// The same as Markdown, with its drawings and pictures beside it.
  public let markdown: String

  /// Writes the report of a run, or of a set, again.
  ///
  /// - Parameters:
  ///   - name: a run below `Labs`, a set below `Datasets`, or a folder; nil for the newest of all.
  ///   - workspace: the workspace; nil for the nearest one upwards.
  public init(writing name: String?, workspace: String?) throws {
    let folder = try ReportedFolder(name, workspace: workspace).path
    let page = try RunReport.page(in: folder)
    try self.init(page, in: folder)
    let place = Workspace.of(folder, named: workspace)
    Recording.noteAgain(page.files(in: folder), making: "report", of: folder, in: place)
  }

  /// Writes the report of what lies in a folder.
  init(in folder: String) throws { try self.init(RunReport.page(in: folder), in: folder) }

  private init(_ page: ReportPage, in folder: String) throws {
    run = (folder as NSString).lastPathComponent
    try page.write(to: folder)
    self.folder = folder
    html = "\(folder)/\(ReportPage.name).html"
    markdown = "\(folder)/\(ReportPage.name).md"
  }

  private static func page(in folder: String) throws -> ReportPage {
    if let page = try page(of: folder) { return page }
    throw LabError.nothingToReport(
      name: (folder as NSString).lastPathComponent,
      reason:
        "it holds neither figures of a run nor anything that was rendered, extracted, forged or converted"
    )
  }

  /// What the folder's files have to say; nil where they are of no kind that has a report.
  static func page(of folder: String) throws -> ReportPage? {
    if let report = try DuelReport(reading: folder) { return report.page() }
    if let report = try SwapReport(reading: folder) { return report.page }
    if let report = try DetectReport(reading: folder) { return report.page }
    if let report = try CrossValidationReport(reading: folder) { return report.page }
    if let report = try EvaluateReport(reading: folder) { return report.page }
    if let report = try ExplanationReport(reading: folder) { return report.page }
    if let report = try LabeledDatasetReport(reading: folder) { return report.page }
    if let report = try ExtractReport(reading: folder) { return report.page }
    if let report = try SynthesisReport(reading: folder) { return report.page }
    return try ConversionReport(reading: folder)?.page
  }

  /// The command that a file of settings belongs to; nil where there is none.
  static func command(at path: String) -> String? {
    struct Settings: Decodable { let command: String }
    let data = FileManager.default.contents(atPath: path)
    return data.flatMap { try? JSONDecoder().decode(Settings.self, from: $0).command }
  }
}
