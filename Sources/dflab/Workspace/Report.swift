import ArgumentParser
import Records
import Workflows

/// `dflab report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the report of a run or a set again, from its files.",
    discussion: """
      report.html is one page that needs no other file and no network: figures with intervals, \
      curves, pictures, timings, settings, and the command to repeat it. report.md is the same as \
      Markdown, with its drawings beside it. Every run writes both when it ends; this writes them \
      again, as after an upgrade, or where they were lost.

      EXAMPLES
        dflab report                     (the newest run or set)
        dflab report alice-bob
        dflab report Datasets/augmented  (a folder, where a run and a set have one name)
      """)

  @Argument(
    help: ArgumentHelp(
      "A run of Labs, a set of Datasets, or a folder; by default the newest.", valueName: "run"),
    completion: .directory)
  var name: String?

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @Flag(help: "Print the paths as one JSON object.")
  var json = false

  func run() throws {
    let report = try RunReport(writing: name, workspace: workspace)
    let terminal = Terminal()
    guard !json else { return try terminal.print(json: report) }
    terminal.print("report    \(report.html)")
    terminal.print("markdown  \(report.markdown)")
  }
}
