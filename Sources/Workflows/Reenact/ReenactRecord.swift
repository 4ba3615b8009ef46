import Engine
import Foundation
import Records

/// `reenact.json`: the request, the files and the outcome of a reenactment.
struct ReenactRecord: Codable, Equatable {
  /// Its name in the folder of the run's record.
  static let name = "reenact.json"

  var command = "reenact"
  var version = Program.version
  /// What was asked for; paths are relative to the workspace.
  let request: ReenactRequest
  let driver, target, result: ConvertedFile
  let outcome: ReenactOutcome

  init(_ request: ReenactRequest, _ outcome: ReenactOutcome, in workspace: Workspace) {
    self.request = request.recorded(in: workspace)
    driver = ConvertedFile(at: request.driver)
    target = ConvertedFile(at: request.target)
    result = ConvertedFile(at: request.output)
    self.outcome = outcome
  }

  /// The record in the folder of a run; nil if there is none.
  static func read(in folder: String) throws -> ReenactRecord? {
    let path = "\(folder)/\(name)"
    guard RunReport.command(at: path) == "reenact", let data = try RunFolder.contents(of: path)
    else { return nil }
    return try? JSONDecoder().decode(ReenactRecord.self, from: data)
  }

  /// Writes the record and the report, and returns the report's path.
  ///
  /// - Parameters:
  ///   - home: the folder of the run's record.
  ///   - shown: the positions of reenacted faces.
  func write(to home: String, shown: [ShownFace]) throws -> String {
    try WholeFile.write(try JSONText.pretty(self), to: "\(home)/\(ReenactRecord.name)")
    try ConversionSheet(
      of: shown, from: target.path, to: result.path, drivenBy: driver.path
    ).write(to: home)
    return try RunReport(in: home).html
  }
}
