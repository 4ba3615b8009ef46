import ArgumentParser
import Foundation
import Records

/// `dflab runs repeat`.
struct RunRepeat: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeat",
    abstract: "Run a run's command again under another name, and compare the bits.",
    discussion: """
      Calls the recorded command of the run's last session, with 'NAME-again' for its name, from \
      its beginning. Then compares the tensors of models, pictures, videos, the manifests of sets \
      and the figures of results, of a duel those of all its steps; names and times are left \
      aside. With --minutes instead of --iterations the clock has a say, and nothing can agree to \
      the bit. With --json, what the command itself has to tell goes to standard error.

      EXAMPLE
        dflab runs repeat alice-bob

      EXIT CODES
        0    done, and all bits agree
        1    an error, said in one sentence
        2    done, and something differs
        64   wrong options
        130  ended by Ctrl-C
        143  ended by the system
      """)

  @Argument(help: "The run: its name, or its folder in the workspace.")
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
    try await Terminal.$isAside.withValue(listing.json) {
      try await RecordingContext.record(repetition.line, warn: { Terminal().warn($0) }) {
        var command = try DFLab.parseAsRoot(repetition.line)
        if var waiting = command as? any AsyncParsableCommand {
          try await waiting.run()
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

  /// What agrees and what does not.
  static func lines(_ outcome: RepetitionOutcome) -> [String] {
    guard !outcome.agrees else {
      return ["'\(outcome.again)' agrees with '\(outcome.run)' to the bit: \(outcome.same) files."]
    }
    let head =
      "'\(outcome.again)' does not agree with '\(outcome.run)': \(outcome.same) files are the same, "
      + "\(outcome.different.count) differ, \(outcome.missing.count) are in one of the two alone."
    return [head]
      + outcome.otherSources.prefix(10).map {
        "  made from '\($0)', which '\(outcome.run)' was not"
      }
      + outcome.different.prefix(10).map { "  differs  \($0)" }
      + outcome.missing.prefix(10).map { "  missing  \($0)" }
  }
}
