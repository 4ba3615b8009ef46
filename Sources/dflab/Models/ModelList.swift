import ArgumentParser
import Records

/// `dflab models list`.
struct ModelList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the models in Checkpoints.",
    discussion: """
      EXAMPLES
        dflab models list
        dflab models list --json
      """)

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let models = try Registry(workspace: listing.workspace).models()
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: models) }
    guard !models.isEmpty else {
      return terminal.print(
        "No models yet. Train one with 'dflab swap' or 'dflab detect --retrain'.")
    }
    terminal.print(
      TextTable(
        ["NAME", "KIND", "MODEL", "SIZE", "MODIFIED (UTC)", "RUN"],
        models.map { model in
          [
            model.name, model.kind.rawValue, model.architecture, size(model.bytes),
            date(model.changed), model.run.map(RunList.name) ?? "-",
          ]
        }, right: [3]
      ).text)
  }
}
