import ArgumentParser
import Engine
import Foundation
import Workflows

/// Options of commands that summarize a face set.
struct FaceSetOptions: ParsableArguments {
  @Argument(help: "Folder of the face set", completion: .directory)
  var folder: String

  @Option(
    help: "Path of the contact sheet (default: FOLDER.png or FOLDER-by-METRIC.png)",
    completion: .file())
  var sheet: String?

  @Option(parsing: .unconditional, help: "Maximum number of faces on the sheet")
  var count = 64

  @Flag(help: "Print JSON lines, one object per face")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...1024)
  }

  /// Writes the sheet and prints the metrics: of each face in order of `key`, or summarized.
  func show(by key: FaceSortKey? = nil) throws {
    computing.apply()
    let summary = try FaceSetSummary(of: folder)
    let faces = key.map(summary.sorted(by:)) ?? summary.faces
    let suffix = key.map { "-by-\($0.rawValue)" } ?? ""
    let file = sheet ?? FaceSetReport.sheet(of: folder, suffix)
    try WholeFile.write(try summary.sheet(of: faces, by: key, most: count), to: file)
    let report = FaceSetReport(summary: summary)
    report.warn()
    guard !json else { return print(try report.json(faces)) }
    print(key.map { report.lines(faces, by: $0) } ?? report.table)
    print("sheet       \(file)")
  }
}

/// `dflab faces show`.
struct FaceShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Summarize a face set and draw a contact sheet.",
    discussion: """
      The sheet shows evenly spaced faces in name order. The table shows the quartiles of each \
      metric.

      EXAMPLES
        dflab faces show Datasets/alice
        dflab faces show Datasets/alice --sheet alice.png --count 128
      """)

  @OptionGroup var options: FaceSetOptions

  func run() throws { try options.show() }
}

/// `dflab faces sort`.
struct FaceSort: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sort",
    abstract: "List the faces of a face set, sorted by a metric.",
    discussion: """
      Prints each picture's name and metric, and draws a contact sheet in the same order, with \
      outliers at the end. The face set itself is not changed.

      EXAMPLES
        dflab faces sort Datasets/alice --by blur
        dflab faces sort Datasets/alice --by similarity --sheet outliers.png

      METRICS
        blur        variance of the Laplacian, sharpest first
        yaw         head turned to the viewer's right first
        pitch       head turned up first
        brightness  brightest first
        similarity  similarity to the mean face of the set, most similar first
      """)

  @Option(help: "Metric to sort by")
  var by: FaceSortKey

  @OptionGroup var options: FaceSetOptions

  func run() throws { try options.show(by: by) }
}
