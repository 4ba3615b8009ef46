import ArgumentParser
import Records

/// `dflab runs show`.
struct RunShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a run's command, settings, inputs, artifacts and metrics.",
    discussion: """
      EXAMPLES
        dflab runs show alice-bob
        dflab runs show Datasets/augmented --json
      """)

  @Argument(help: "Run: its name or its folder")
  var name: String

  @OptionGroup var listing: ListingOptions

  /// A run with its metrics and files, for JSON.
  struct Details: Encodable {
    let run: RunSummary
    let metrics: [RunMetric]
    let files: [RunFile]
  }

  func run() throws {
    let registry = try Registry(workspace: listing.workspace)
    let run = try registry.run(named: name)
    let details = Details(
      run: run, metrics: try registry.finalMetrics(of: run.home),
      files: try registry.files(of: run.home))
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: details) }
    terminal.print(RunShow.text(details))
  }

  /// Details, settings and metrics, one per line.
  static func text(_ details: Details) -> String {
    let run = details.run
    let bytes = details.files.reduce(0) { $0 + ($1.bytes ?? 0) }
    let facts = [
      ["run", run.name],
      ["command", run.arguments.isEmpty ? run.command : "dflab " + ShellWord.line(run.arguments)],
      ["threads", run.threads.map(String.init) ?? ""], ["started (UTC)", date(run.began)],
      ["ended (UTC)", date(run.ended)],
      ["state", run.state.rawValue + (run.reason.map { ": \($0)" } ?? "")],
      ["sessions", "\(run.sessions)"], ["seed", run.seed ?? "-"],
      ["program", "dflab \(run.version)"], ["machine", run.machine],
      ["inputs", shortened(run.sources)],
      ["input runs", run.parents.map(RunList.name).joined(separator: ", ")],
      [
        "artifacts",
        "\(details.files.count) files, \(size(bytes)), in \(run.places.joined(separator: ", "))",
      ],
    ].filter { !$0[1].isEmpty }
    let settings = run.settings.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
    let numbers = details.metrics.map { metric in
      [
        metric.name, decimals(metric.value, abs(metric.value) < 100 ? 4 : 1),
        metric.iteration.map { "at step \($0)" } ?? "",
      ]
    }
    return String(TextTable(["", ""], facts).text.dropFirst())
      + "\n\n" + TextTable(["SETTING", ""], settings).text
      + (numbers.isEmpty
        ? "" : "\n\n" + TextTable(["LAST VALUE", "", ""], numbers, right: [1]).text)
  }

  /// The first names and the number of others.
  private static func shortened(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ")
      + (names.count > 6 ? " and \(names.count - 6) more" : "")
  }
}
