import ArgumentParser

/// `dflab runs`.
struct RunCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Look at what was run here, compare it, repeat it.",
    subcommands: [RunList.self, RunShow.self, RunCompare.self, RunRepeat.self, RunRemove.self])
}
