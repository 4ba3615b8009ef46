import ArgumentParser

/// `dflab datasets`.
struct DatasetCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "Look at labelled sets, and bring in public ones.",
    subcommands: [DatasetShow.self, DatasetImport.self])
}
