import ArgumentParser

/// `dflab models`.
struct ModelCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "Bring models into the workspace.",
    subcommands: [ModelImport.self])
}
