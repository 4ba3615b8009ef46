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
    try self.init(in: ReportedFolder(name, workspace: workspace).path)
  }

  /// Writes the report of what lies in a folder.
  init(in folder: String) throws {
    run = (folder as NSString).lastPathComponent
    guard let page = try RunReport.page(of: folder) else {
      throw LabError.nothingToReport(
        name: run,
        reason:
          "it holds neither figures of a run nor anything that was rendered, extracted, forged or converted"
      )
    }
    try page.write(to: folder)
    self.folder = folder
    html = "\(folder)/\(ReportPage.name).html"
    markdown = "\(folder)/\(ReportPage.name).md"
  }

  /// What the folder's files have to say; nil where they are of no kind that has a report.
  static func page(of folder: String) throws -> ReportPage? {
    if let report = try DuelReport(reading: folder) { return report.page() }
    if let report = try SwapReport(reading: folder) { return report.page }
    if let report = try DetectReport(reading: folder) { return report.page }
    if let report = try CrossValidationReport(reading: folder) { return report.page }
    if let report = try EvaluateReport(reading: folder) { return report.page }
    if let report = try ExplanationReport(reading: folder) { return report.page }
    if let report = try LabelledReport(reading: folder) { return report.page }
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
