import ArgumentParser
import Records

/// `dflab runs compare`.
struct RunCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the settings and metrics of runs.",
    discussion: """
      Prints the settings that differ and the last value of each metric, one column per run.

      EXAMPLES
        dflab runs compare plain gan
        dflab runs compare seed1 seed2 seed3 --json
      """)

  @Argument(help: "Two or more runs")
  var names: [String]

  @OptionGroup var listing: ListingOptions

  func validate() throws {
    guard names.count > 1 else { throw ValidationError("Give at least two runs.") }
  }

  func run() throws {
    let comparison = try Registry(workspace: listing.workspace).compare(names)
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: comparison) }
    terminal.print(RunCompare.text(comparison))
  }

  /// Two tables with a column for each run.
  static func text(_ comparison: RunComparison) -> String {
    func table(_ title: String, _ lines: [RunComparison.Line]) -> String {
      TextTable(
        [title] + comparison.runs, lines.map { [$0.name] + $0.values.map { $0 ?? "-" } },
        right: Set(1...comparison.runs.count)
      ).text
    }
    let settings =
      comparison.settings.isEmpty
      ? "The settings are identical." : table("SETTING", comparison.settings)
    let numbers =
      comparison.metrics.isEmpty
      ? "No metrics were logged." : table("LAST VALUE", comparison.metrics)
    return settings + "\n\n" + numbers
  }
}
