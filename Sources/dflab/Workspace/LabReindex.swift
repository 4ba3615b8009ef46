import ArgumentParser
import Records

/// `dflab lab reindex`.
struct LabReindex: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reindex",
    abstract: "Rebuild the registry from the workspace's folders.",
    discussion: """
      The registry, .dflab/registry.sqlite, is only an index of Datasets, Checkpoints and Labs. It \
      can be rebuilt at any time if it is missing, damaged or out of date.

      EXAMPLE
        dflab lab reindex
      """)

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let counts = try Workspace(named: listing.workspace).reindex()
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: counts) }
    terminal.print(
      "\(counts.runs) runs, \(counts.datasets) datasets, \(counts.models) models, "
        + "\(counts.metrics) metrics, \(counts.files) artifacts")
  }
}
