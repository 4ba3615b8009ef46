import ArgumentParser

/// `dflab faces`.
struct FaceCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Make face sets, and look at them.",
    subcommands: [Synthesize.self, FaceShow.self, FaceSort.self])
}
