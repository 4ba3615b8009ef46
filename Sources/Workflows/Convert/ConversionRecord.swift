import Engine
import Foundation
import Records

/// `convert.json`: the request, the files and the outcome of a conversion.
struct ConversionRecord: Codable, Equatable {
  /// Its name in the folder of the run's record.
  static let name = "convert.json"

  var command = "convert"
  var version = Program.version
  /// What was asked for, with a definite mask; paths are relative to the workspace.
  let request: ConversionRequest
  /// The input and the result.
  let input, result: ConvertedFile
  /// Whether the result is a video.
  let isVideo: Bool
  let outcome: ConversionOutcome

  init(_ request: ConversionRequest, _ outcome: ConversionOutcome, in workspace: Workspace) {
    self.request = request.recorded(in: workspace)
    isVideo = !PictureConversion.takes(request.input)
    (input, result) = (ConvertedFile(at: request.input), ConvertedFile(at: request.output))
    self.outcome = outcome
  }

  /// The record in the folder of a run; nil if there is none.
  static func read(in folder: String) throws -> ConversionRecord? {
    let path = "\(folder)/\(name)"
    guard RunReport.command(at: path) == "convert", let data = try RunFolder.contents(of: path)
    else { return nil }
    return try? JSONDecoder().decode(ConversionRecord.self, from: data)
  }

  /// Writes the record and the report, and returns the report's path.
  ///
  /// - Parameters:
  ///   - home: the folder of the run's record.
  ///   - shown: the positions of swapped faces.
  func write(to home: String, shown: [ShownFace]) throws -> String {
    try WholeFile.write(try JSONText.pretty(self), to: "\(home)/\(ConversionRecord.name)")
    try ConversionSheet(of: shown, from: input.path, to: result.path).write(to: home)
    return try RunReport(in: home).html
  }
}
