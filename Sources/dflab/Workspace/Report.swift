import ArgumentParser
import Records
import Workflows

/// `dflab report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Regenerate the report of a run or dataset.",
    discussion: """
      Every run writes report.html and report.md when it ends; this command regenerates them from \
      the run's files. report.html is self-contained: metrics with confidence intervals, charts, \
      pictures, timings, settings and the command to repeat the run. report.md has the same \
      content in Markdown, with its pictures in separate files.

      EXAMPLES
        dflab report                     (the newest run or dataset)
        dflab report alice-bob
        dflab report Datasets/augmented  (a path, if a run and a dataset have the same name)
      """)

  @Argument(
    help: ArgumentHelp(
      "Run in Labs, dataset in Datasets, or a folder (default: the newest)", valueName: "run"),
    completion: .directory)
  var name: String?

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let report = try RunReport(writing: name, workspace: listing.workspace)
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: report) }
    terminal.print("report    \(report.html)")
    terminal.print("markdown  \(report.markdown)")
  }
}
