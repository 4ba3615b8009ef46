import ArgumentParser
import Records

/// The command.
@main
struct DFLab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dflab",
    abstract: "A laboratory for face-swap deepfakes and their detection.",
    version: Program.version,
    subcommands: [
      Init.self, Status.self, Extract.self, Swap.self, Convert.self, Augment.self, Detect.self,
      Duel.self, Report.self, FaceCommands.self, DatasetCommands.self, ModelCommands.self,
      RunCommands.self, Verify.self, LabCommands.self, Bench.self,
    ])

  /// Whatever a command makes is recorded as its work.
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    await RecordingContext.record(words, warn: { Terminal().warn($0) }) { await main(nil) }
  }
}
