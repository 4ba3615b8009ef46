import ArgumentParser
import Foundation
import Records

/// `dflab runs repeat`.
struct RunRepeat: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeat",
    abstract: "Repeat a run under another name and compare the results bit by bit.",
    discussion: """
      Runs the recorded command of the run's last session from the start, as 'NAME-repeat', then \
      compares model tensors, pictures, videos, dataset manifests and metrics (for a duel, of all \
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

  @OptionGroup var listing: ListingOptions

  func run() async throws {
    let repetition = try Registry(workspace: listing.workspace).repetition(of: name)
    let terminal = Terminal()
    if !listing.json { terminal.print("dflab \(ShellWord.line(repetition.line))") }
    let files = FileManager.default
    if files.currentDirectoryPath != repetition.folder {
      _ = files.changeCurrentDirectoryPath(repetition.folder)
    }
    try await Terminal.$isNested.withValue(listing.json) {
      try await RecordingContext.record(repetition.line, warn: { Terminal().warn($0) }) {
        var command = try DFLab.parseAsRoot(repetition.line)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      }
    }
    let outcome = try repetition.outcome()
    if listing.json {
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
