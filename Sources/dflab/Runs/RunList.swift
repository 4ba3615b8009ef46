import ArgumentParser
import Records

/// `dflab runs list`.
struct RunList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List all runs, newest first.",
    discussion: """
      EXAMPLES
        dflab runs list
        dflab runs list --json
      """)

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let runs = try Registry(workspace: listing.workspace).runs()
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: runs) }
    guard !runs.isEmpty else { return terminal.print("No runs yet.") }
    terminal.print(RunList.table(of: runs))
  }

  /// One line per run.
  static func table(of runs: [RunSummary]) -> String {
    TextTable(
      ["NAME", "COMMAND", "STARTED (UTC)", "DURATION", "STATE", "INPUT RUNS"],
      runs.map { run in
        [
          run.name, run.command, date(run.began), run.seconds.map(time) ?? "-",
          run.state.rawValue, run.parents.map(name).joined(separator: ", "),
        ]
      }, right: [3]
    ).text
  }

  /// A run folder as lists show it.
  static func name(_ home: String) -> String {
    home.hasPrefix("Labs/") ? String(home.dropFirst(5)) : home
  }
}
