import ArgumentParser

/// `dflab datasets`.
struct DatasetCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "Look at sets, check them, bring in public ones.",
    subcommands: [
      DatasetList.self, DatasetShow.self, DatasetVerify.self, DatasetImport.self,
    ])
}
