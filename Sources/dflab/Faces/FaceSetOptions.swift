import ArgumentParser
import Engine
import Foundation
import Workflows

/// What the commands take that look at a face set.
struct FaceSetOptions: ParsableArguments {
  @Argument(help: "The folder of the face set.", completion: .directory)
  var folder: String

  @Option(
    help: "The sheet's file; by default beside the folder and named after it.", completion: .file())
  var sheet: String?

  @Option(parsing: .unconditional, help: "The most faces on the sheet.")
  var count = 64

  @Flag(help: "Print one JSON object for each face instead of the figures.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...1024)
  }

  /// Draws the sheet and prints the figures: of each face in the order of `key`, or of them all.
  func show(by key: SurveyKey? = nil) throws {
    computing.apply()
    let survey = try FaceSetSummary(of: folder)
    let faces = key.map(survey.sorted(by:)) ?? survey.faces
    let suffix = key.map { "-by-\($0.rawValue)" } ?? ""
    let file = sheet ?? FaceSetReport.sheet(of: folder, suffix)
    try WholeFile.write(try survey.sheet(of: faces, by: key, most: count), to: file)
    let report = FaceSetReport(survey: survey)
    report.warn()
    guard !json else { return print(try report.json(faces)) }
    print(key.map { report.lines(faces, by: $0) } ?? report.table)
    print("sheet       \(file)")
  }
}
