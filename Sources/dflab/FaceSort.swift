public import ArgumentParser
import Engine
import Foundation
import Lab

/// `dflab faces sort`.
struct FaceSort: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sort",
    abstract: "List the faces of a set by a figure, the best first.",
    discussion: """
      Prints every picture's name with its figure, and draws a sheet in that order, so that what \
      does not belong is seen at the end. The set itself is left as it is.

      EXAMPLES
        dflab faces sort Datasets/alice --by blur
        dflab faces sort Datasets/alice --by similarity --sheet outliers.png

      ORDERS
        blur        the sharpest first
        yaw, pitch  turned farthest to the viewer's right, or up, first
        brightness  the brightest first
        similarity  most like the set's mean face first
      """)

  @Argument(help: "The folder of the face set.", completion: .directory)
  var folder: String

  @Option(help: "The figure: blur, yaw, pitch, brightness or similarity.")
  var by: SurveyKey

  @Option(
    help: "The sheet's file; by default named after the figure, in the folder above.",
    completion: .file())
  var sheet: String?

  @Option(parsing: .unconditional, help: "The most faces on the sheet.")
  var count = 64

  @Flag(help: "Print one JSON object for each face instead of lines.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...1024)
  }

  func run() throws {
    computing.apply()
    let survey = try FaceSurvey(of: folder)
    let sorted = survey.sorted(by: by)
    let file = sheet ?? SurveyReport.sheet(of: folder, "-by-\(by.rawValue)")
    try WholeFile.write(try survey.sheet(of: sorted, by: by, most: count), to: file)
    let report = SurveyReport(survey: survey)
    report.warn()
    print(json ? try report.json(sorted) : report.lines(sorted, by: by))
    if !json { print("sheet: \(file)") }
  }
}
