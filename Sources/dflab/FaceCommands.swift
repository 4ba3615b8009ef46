import ArgumentParser

/// `dflab faces`.
struct FaceCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Make face sets.",
    subcommands: [Synthesize.self])
}
