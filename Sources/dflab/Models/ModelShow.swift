import ArgumentParser
import Records

/// `dflab models show`.
struct ModelShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a model's details and the runs that used it.",
    discussion: """
      EXAMPLES
        dflab models show alice-bob
        dflab models show detect-augmented-spectrum --json
      """)

  @Argument(help: "Model: the name of a folder in Checkpoints")
  var name: String

  @OptionGroup var listing: ListingOptions

  /// A model and its users, for JSON.
  struct Details: Encodable {
    let model: ModelSummary
    let users: [String]
  }

  func run() throws {
    let registry = try Registry(workspace: listing.workspace)
    let model = try registry.model(named: name)
    let users = try registry.runs().filter { run in
      run.sources.contains { $0 == model.path || model.path.hasPrefix("\($0)/") }
    }.map(\.name)
    let terminal = Terminal()
    guard !listing.json else {
      return try terminal.print(json: Details(model: model, users: users))
    }
    let facts = [
      ["model", model.name], ["kind", "\(model.kind.rawValue), \(model.architecture)"],
      ["file", model.path], ["size", size(model.bytes)], ["sha-256", model.hash],
      ["modified (UTC)", date(model.changed)], ["program", model.program ?? "-"],
      ["run", model.run.map(RunList.name) ?? "-"],
      ["used by", users.isEmpty ? "-" : users.joined(separator: ", ")],
    ]
    terminal.print(String(TextTable(["", ""], facts).text.dropFirst()))
  }
}
