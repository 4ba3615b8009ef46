import ArgumentParser
import Records

/// `dflab runs compare`.
struct RunCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Put runs beside each other: the settings that differ, and what came out.",
    discussion: """
      EXAMPLES
        dflab runs compare plain discriminator
        dflab runs compare seed1 seed2 seed3 --json
      """)

  @Argument(help: "Two runs or more.")
  var names: [String]

  @OptionGroup var listing: ListingOptions

  func validate() throws {
    guard names.count > 1 else { throw ValidationError("Name two runs or more.") }
  }

  func run() throws {
    let comparison = try Registry(workspace: listing.workspace).compare(names)
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: comparison) }
    terminal.print(RunCompare.text(comparison))
  }

  /// Two tables, a column a run.
  static func text(_ comparison: RunComparison) -> String {
    func table(_ title: String, _ lines: [RunComparison.Line]) -> String {
      TextTable(
        [title] + comparison.runs, lines.map { [$0.name] + $0.values.map { $0 ?? "-" } },
        right: Set(1...comparison.runs.count)
      ).text
    }
    let settings =
      comparison.settings.isEmpty
      ? "All settings are the same." : table("SETTING", comparison.settings)
    let numbers =
      comparison.metrics.isEmpty
      ? "None has logged a number." : table("LAST VALUE", comparison.metrics)
    return settings + "\n\n" + numbers
  }
}
