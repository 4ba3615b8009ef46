import ArgumentParser

/// `dflab lab`.
struct LabCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Keep the workspace in order.", subcommands: [LabReindex.self])
}
