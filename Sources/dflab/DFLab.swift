import ArgumentParser
import Lab

/// The command.
@main
struct DFLab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dflab",
    abstract: "A laboratory for face-swap deepfakes and their detection.",
    version: Program.version,
    subcommands: [
      Extract.self, Swap.self, Convert.self, Augment.self, Detect.self, Duel.self,
      FaceCommands.self,
      DatasetCommands.self, ModelCommands.self, Export.self, Bench.self,
    ])
}
