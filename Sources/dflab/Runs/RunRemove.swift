import ArgumentParser
import Records

/// `dflab runs remove`.
struct RunRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a run with all that it has made in the workspace.",
    discussion: """
      Its folders in Labs, Checkpoints and Datasets go for good, those of a duel with all its steps. A \
      run that others were made from is kept, and they are named; so are a step of a duel and a run \
      that a process works on. What it has written outside of the workspace stays.

      EXAMPLE
        dflab runs remove alice-bob
      """)

  @Argument(help: "The run: its name, or its folder in the workspace.")
  var name: String

  @Flag(help: "Remove it even if others were made from it.")
  var force = false

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let removal = try Registry(workspace: listing.workspace).remove(name, isForced: force)
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: removal) }
    for folder in removal.removed { terminal.print("removed  \(folder)") }
    for file in removal.left { terminal.print("left     \(file)") }
  }
}
