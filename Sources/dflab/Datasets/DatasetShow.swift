import ArgumentParser
import Engine
import Faces
import Foundation
import Workflows

/// `dflab datasets show`.
struct DatasetShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Count the pictures of a labeled set, and draw some of each method.",
    discussion: """
      Checks the set while it reads it: a person, a clip or a donor in two splits is refused.

      EXAMPLES
        dflab datasets show
        dflab datasets show augmented --sheet forgeries.png
      """)

  @Argument(
    help: "A set's name in the workspace, or its folder; by default the newest set.",
    completion: .directory)
  var set: String?

  @Option(help: "The sheet's file; by default sheet.png in the set.", completion: .file())
  var sheet: String?

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let survey = try LabeledDatasetSummary(of: set, workspace: workspace, sheet: sheet)
    let terminal = Terminal()
    for note in survey.notes.prefix(10) { terminal.warn(note) }
    if survey.notes.count > 10 { terminal.warn("and \(survey.notes.count - 10) more") }
    guard !json else { return try terminal.print(json: survey) }
    terminal.print(DatasetShow.table(of: survey))
    if let audit = survey.audit { terminal.print(AuditTable.text(audit)) }
    terminal.print("sheet     \(survey.sheet)")
  }

  /// Pictures by method and split; people and clips by split.
  static func table(of survey: LabeledDatasetSummary) -> String {
    let splits = Split.allCases.map(\.rawValue)
    func row(_ name: String, _ counts: [String: Int]) -> [String] {
      [name] + splits.map { String(counts[$0] ?? 0) } + [String(counts.values.reduce(0, +))]
    }
    return TextTable(
      ["\(survey.pictures) pictures"] + splits + ["all"],
      survey.methods.map { row($0.method, $0.splits) }
        + [row("people", survey.people), row("clips", survey.clips)],
      right: Set(1...splits.count + 1)
    ).text
  }
}
