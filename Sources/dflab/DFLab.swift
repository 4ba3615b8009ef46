import ArgumentParser
import Records

/// `dflab`.
@main
struct DFLab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dflab",
    abstract: "Generate and detect face-swap deepfakes.",
    version: Program.version,
    subcommands: [
      Init.self, Status.self, Extract.self, Swap.self, Convert.self, Reenact.self, Augment.self,
      Detect.self, Search.self, Duel.self, Pretrain.self, Audit.self, FetchFiles.self, Report.self,
      FaceCommands.self,
      DatasetCommands.self, ModelCommands.self, RunCommands.self, Verify.self,
      KeyCommands.self, Serve.self, LabCommands.self, Bench.self,
    ])

  /// Runs the command and records its artifacts.
  static func main() async {
    await RecordingContext.record(warn: { Terminal().warn($0) }) {
      do {
        var command = try await asyncParseAsRoot(nil)
        try RankedCommand.check(command)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      } catch {
        // All ranks fail alike; the first one tells the user.
        if RankedCommand.isSilent { exit(withError: exitCode(for: error)) }
        guard let help = HelpText(of: error) else { exit(withError: error) }
        let code = exitCode(for: error)
        if code.isSuccess { Terminal().print(help.text) } else { Terminal().warn(help.text) }
        exit(withError: code)
      }
    }
  }
}

/// `dflab faces`.
struct FaceCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces", abstract: "Render, show and sort face sets.",
    subcommands: [Synthesize.self, FaceShow.self, FaceSort.self])
}

/// `dflab key`.
struct KeyCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Export or replace the certificates of Content Credentials.",
    subcommands: [KeyExport.self, KeyReplace.self])
}

/// `dflab datasets`.
struct DatasetCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "List, show, verify, import and merge datasets.",
    subcommands: [
      DatasetList.self, DatasetShow.self, DatasetVerify.self, DatasetImport.self,
      DatasetMerge.self,
    ])
}

/// `dflab models`.
struct ModelCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List, show, import and export models.",
    subcommands: [ModelList.self, ModelShow.self, ModelImport.self, ModelExport.self])
}

/// `dflab runs`.
struct RunCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List, show, compare, repeat and remove runs.",
    subcommands: [RunList.self, RunShow.self, RunCompare.self, RunRepeat.self, RunRemove.self])
}

/// `dflab lab`.
struct LabCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Maintain the workspace.", subcommands: [LabReindex.self])
}

/// `dflab bench`.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Benchmark training, inference, rendering, augmentation and ONNX models.",
    subcommands: [
      BenchSwap.self, BenchFaces.self, BenchAugment.self, BenchGroundTruth.self, BenchSpectrum.self,
      BenchReenact.self, BenchDetect.self, BenchONNX.self,
    ])
}
