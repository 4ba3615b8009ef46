import ArgumentParser
import Engine
import Foundation
import Lab

/// `dflab faces show`.
struct FaceShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draw a contact sheet of a face set, and print its figures.",
    discussion: """
      The sheet shows faces evenly spread over the set, in name order.

      EXAMPLES
        dflab faces show Datasets/alice
        dflab faces show Datasets/alice --sheet alice.png --count 128
      """)

  @Argument(help: "The folder of the face set.", completion: .directory)
  var folder: String

  @Option(help: "The sheet's file; by default faces.png in the folder above.", completion: .file())
  var sheet: String?

  @Option(parsing: .unconditional, help: "The most faces on the sheet.")
  var count = 64

  @Flag(help: "Print one JSON object for each face instead of the table.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...1024)
  }

  func run() throws {
    computing.apply()
    let survey = try FaceSurvey(of: folder)
    let file = sheet ?? SurveyReport.sheet(of: folder, "")
    try WholeFile.write(try survey.sheet(of: survey.faces, by: nil, most: count), to: file)
    let report = SurveyReport(survey: survey)
    report.warn()
    print(json ? try report.json(survey.faces) : report.table + "\nsheet       \(file)")
  }
}
