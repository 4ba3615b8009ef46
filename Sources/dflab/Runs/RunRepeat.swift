import ArgumentParser
import Foundation
import Records
import Workflows

/// `dflab runs repeat`.
struct RunRepeat: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeat",
    abstract: "Repeat a run under another name and compare the results bit by bit.",
    discussion: """
      Carries out the recorded request of the run from the start, as 'NAME-repeat' and with as \
      many threads, then compares model tensors, pictures, videos, dataset manifests and metrics (for a duel, of all \
      steps), ignoring names and times. Runs with a time budget (--minutes) do not repeat \
      exactly; use --iterations. With --json, the output of the repeated command goes to standard \
      error.

      EXAMPLE
        dflab runs repeat alice-bob

      EXIT CODES
        0    success; the results are identical
        1    error
        2    the results differ
        64   usage error
        130  interrupted by Ctrl-C
        143  terminated
      """)

  @Argument(help: "Run: its name or its folder")
  var name: String

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let registry = try Registry(workspace: workspaceOptions.workspace)
    let repetition = try registry.repetition(of: name)
    let action = requestActions.first { $0.command == repetition.run.command }
    guard let action else {
      throw RecordsError.notRepeatable(
        name: repetition.run.name, reason: "'\(repetition.run.command)' cannot be repeated")
    }
    Computing.use(threads: repetition.threads)
    let outcome = try action.repeated(repetition, outputOptions)
    let terminal = Terminal()
    if outputOptions.isJSON {
      try terminal.print(json: outcome)
    } else {
      for line in RunRepeat.lines(outcome) { terminal.print(line) }
    }
    if !outcome.agrees { throw ExitCode(2) }
  }

  /// The identical and the different files, as text.
  static func lines(_ outcome: RepetitionOutcome) -> [String] {
    guard !outcome.agrees else {
      return ["'\(outcome.repetition)' is identical to '\(outcome.run)': \(outcome.same) files."]
    }
    let head =
      "'\(outcome.repetition)' differs from '\(outcome.run)': \(outcome.same) files are identical, "
      + "\(outcome.different.count) differ, \(outcome.missing.count) are in only one of the runs."
    return [head]
      + outcome.otherSources.prefix(10).map {
        "  input    \($0), which '\(outcome.run)' did not use"
      }
      + outcome.different.prefix(10).map { "  differs  \($0)" }
      + outcome.missing.prefix(10).map { "  missing  \($0)" }
  }
}

extension RequestAction {
  /// The kind of request that is carried out.
  fileprivate static var command: String { Request.command }

  /// Carries out the request of a run again, and compares the results.
  fileprivate static func repeated(
    _ repetition: RunRepetition, _ output: OutputOptions
  ) throws -> RepetitionOutcome {
    let request = try repetition.request(Request.self)
    if !output.isJSON { Terminal().print(request.shown(threads: repetition.threads)) }
    try Terminal.$isNested.withValue(output.isJSON) { try perform(request, output) }
    return try repetition.outcome(of: request)
  }
}
