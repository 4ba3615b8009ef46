import ArgumentParser
import Records

/// `dflab datasets list`.
struct DatasetList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the face sets and labeled datasets.",
    discussion: """
      EXAMPLES
        dflab datasets list
        dflab datasets list --json
      """)

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let sets = try Registry(workspace: listing.workspace).datasets()
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: sets) }
    guard !sets.isEmpty else {
      return terminal.print(
        "No datasets yet. Create one with 'dflab faces synthesize --recipe demo', 'dflab extract' "
          + "or 'dflab augment'.")
    }
    terminal.print(
      TextTable(
        ["NAME", "KIND", "SETS", "PICTURES", "FAKES", "MODIFIED (UTC)", "RUN"],
        sets.map { set in
          [
            set.name, set.kind.rawValue, "\(set.sets)", "\(set.pictures)",
            set.fakes.map(String.init) ?? "-", date(set.changed),
            set.run.map(RunList.name) ?? "-",
          ]
        }, right: [2, 3, 4]
      ).text)
  }
}
