import ArgumentParser
import Records

/// `dflab lab reindex`.
struct LabReindex: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reindex",
    abstract: "Make the registry anew from the folders.",
    discussion: """
      The folders Datasets, Checkpoints and Labs hold the truth; .dflab/registry.sqlite is an index \
      of them, which may be lost, broken or out of date without harm.

      EXAMPLE
        dflab lab reindex
      """)

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let counts = try Workspace(named: listing.workspace).reindex()
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: counts) }
    terminal.print(
      "\(counts.runs) runs, \(counts.datasets) folders of sets, \(counts.models) models, "
        + "\(counts.metrics) numbers, \(counts.files) files")
  }
}
