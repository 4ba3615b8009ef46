import ArgumentParser
import Engine
import Faces
import Foundation
import Workflows

/// `dflab datasets show`.
struct DatasetShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the samples of a labeled dataset, by method and split.",
    discussion: """
      Prints sample counts and writes a contact sheet with samples of each method. Fails if an \
      identity or a clip is in more than one split.

      EXAMPLES
        dflab datasets show
        dflab datasets show augmented --sheet forgeries.png
      """)

  @Argument(
    help: "Dataset: a name in Datasets or a folder (default: the newest)", completion: .directory)
  var dataset: String?

  @Option(
    help: "Path of the contact sheet (default: sheet.png in the dataset)", completion: .file())
  var sheet: String?

  @OptionGroup var listing: ListingOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let summary = try LabeledDatasetSummary(of: dataset, workspace: listing.workspace, sheet: sheet)
    let terminal = Terminal()
    for note in summary.notes.prefix(10) { terminal.warn(note) }
    if summary.notes.count > 10 { terminal.warn("and \(summary.notes.count - 10) more") }
    guard !listing.json else { return try terminal.print(json: summary) }
    terminal.print(DatasetShow.table(of: summary))
    if let audit = summary.audit { terminal.print(AuditTable.text(audit)) }
    terminal.print("sheet     \(summary.sheet)")
  }

  /// Samples by method and split; identities and clips by split.
  static func table(of summary: LabeledDatasetSummary) -> String {
    let splits = Split.allCases.map(\.rawValue)
    func row(_ name: String, _ counts: [String: Int]) -> [String] {
      [name] + splits.map { String(counts[$0] ?? 0) } + [String(counts.values.reduce(0, +))]
    }
    return TextTable(
      [summary.contents] + splits + ["total"],
      summary.methods.map { row($0.method, $0.splits) }
        + [row("identities", summary.identities), row("clips", summary.clips)],
      right: Set(1...splits.count + 1)
    ).text
  }
}
