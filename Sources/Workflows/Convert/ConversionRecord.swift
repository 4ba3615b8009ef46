import Engine
import Foundation
import Generation
import Records

/// `convert.json`: the settings, the files and the outcome of a conversion.
struct ConversionRecord: Codable, Equatable {
  /// Its name in the folder of the run's record.
  static let name = "convert.json"

  var command = "convert"
  var version = Program.version
  let settings: Settings
  /// The input and the result.
  let input, result: ConvertedFile
  let outcome: ConversionOutcome

  /// The settings.
  struct Settings: Codable, Equatable {
    /// The name of a run, or a file from the root.
    let model: String
    let side: Side
    let face: FaceChoice
    let reference: String?
    let insertion: FaceInsertion
    /// Nil if the result is not a video.
    let encoding: ConversionFolder.Making.VideoSettings?
  }

  init(_ request: ConversionRequest, _ outcome: ConversionOutcome) {
    func absolute(_ path: String) -> String {
      path.contains("://") ? path : Workspace.absolute(path)
    }
    let isVideo = !PictureConversion.takes(request.input)
    settings = Settings(
      model: request.namesRun ? request.model : absolute(request.model), side: request.side,
      face: request.face, reference: request.reference.map(absolute), insertion: request.insertion,
      encoding: isVideo ? ConversionFolder.Making.VideoSettings(request.encoding) : nil)
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
