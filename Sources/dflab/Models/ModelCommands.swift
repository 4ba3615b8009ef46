import ArgumentParser

/// `dflab models`.
struct ModelCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "Look at models, keep them, bring in others.",
    subcommands: [ModelList.self, ModelShow.self, ModelImport.self, ModelExport.self])
}
