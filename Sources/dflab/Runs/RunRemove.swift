import ArgumentParser
import Records

/// `dflab runs remove`.
struct RunRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Delete a run and its artifacts.",
    discussion: """
      Deletes the run's folders in Labs, Checkpoints and Datasets, and those of all steps of a \
      duel. Refuses if other runs depend on the run, if the run is a step of a duel, or if it is \
      in use. Files outside the workspace are kept.

      EXAMPLE
        dflab runs remove alice-bob
      """)

  @Argument(help: "Run: its name or its folder")
  var name: String

  @Flag(help: "Delete the run even if other runs depend on it")
  var force = false

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let removal = try Registry(workspace: listing.workspace).remove(name, isForced: force)
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: removal) }
    for folder in removal.removed { terminal.print("removed  \(folder)") }
    for file in removal.left { terminal.print("kept     \(file)") }
  }
}
