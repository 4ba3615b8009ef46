import ArgumentParser
import Foundation
import Testing

@testable import dflab

@Suite struct HelpTests {
  /// Snapshots beside this file; `DFLAB_RECORD=1 swift test` writes them anew.
  @Test(arguments: [
    "dflab", "extract", "swap", "convert", "faces", "faces-synthesize", "faces-show", "faces-sort",
    "bench-swap", "bench-faces", "bench-augment", "bench-spectrum", "bench-detect", "detect",
    "models-import", "augment", "duel", "report", "datasets", "datasets-show", "datasets-import",
    "init", "status", "runs", "runs-list", "runs-show", "runs-compare", "runs-repeat",
    "runs-remove", "models", "models-list", "models-show", "models-export", "datasets-list",
    "datasets-verify", "verify", "lab-reindex",
  ])
  func helpIsAsRecorded(name: String) throws {
    let text =
      switch name {
      case "swap": DFLab.helpMessage(for: Swap.self, columns: 100)
      case "extract": DFLab.helpMessage(for: Extract.self, columns: 100)
      case "faces-show": DFLab.helpMessage(for: FaceShow.self, columns: 100)
      case "faces-sort": DFLab.helpMessage(for: FaceSort.self, columns: 100)
      case "convert": DFLab.helpMessage(for: Convert.self, columns: 100)
      case "faces": DFLab.helpMessage(for: FaceCommands.self, columns: 100)
      case "faces-synthesize": DFLab.helpMessage(for: Synthesize.self, columns: 100)
      case "bench-faces": DFLab.helpMessage(for: BenchFaces.self, columns: 100)
      case "bench-augment": DFLab.helpMessage(for: BenchAugment.self, columns: 100)
      case "bench-spectrum": DFLab.helpMessage(for: BenchSpectrum.self, columns: 100)
      case "bench-detect": DFLab.helpMessage(for: BenchDetect.self, columns: 100)
      case "models-import": DFLab.helpMessage(for: ModelImport.self, columns: 100)
      case "detect": DFLab.helpMessage(for: Detect.self, columns: 100)
      case "bench-swap": DFLab.helpMessage(for: BenchSwap.self, columns: 100)
      case "report": DFLab.helpMessage(for: Report.self, columns: 100)
      case "augment": DFLab.helpMessage(for: Augment.self, columns: 100)
      case "duel": DFLab.helpMessage(for: Duel.self, columns: 100)
      case "datasets": DFLab.helpMessage(for: DatasetCommands.self, columns: 100)
      case "datasets-show": DFLab.helpMessage(for: DatasetShow.self, columns: 100)
      case "datasets-import": DFLab.helpMessage(for: DatasetImport.self, columns: 100)
      case "datasets-list": DFLab.helpMessage(for: DatasetList.self, columns: 100)
      case "datasets-verify": DFLab.helpMessage(for: DatasetVerify.self, columns: 100)
      case "init": DFLab.helpMessage(for: Init.self, columns: 100)
      case "status": DFLab.helpMessage(for: Status.self, columns: 100)
      case "runs": DFLab.helpMessage(for: RunCommands.self, columns: 100)
      case "runs-list": DFLab.helpMessage(for: RunList.self, columns: 100)
      case "runs-show": DFLab.helpMessage(for: RunShow.self, columns: 100)
      case "runs-compare": DFLab.helpMessage(for: RunCompare.self, columns: 100)
      case "runs-repeat": DFLab.helpMessage(for: RunRepeat.self, columns: 100)
      case "runs-remove": DFLab.helpMessage(for: RunRemove.self, columns: 100)
      case "models": DFLab.helpMessage(for: ModelCommands.self, columns: 100)
      case "models-list": DFLab.helpMessage(for: ModelList.self, columns: 100)
      case "models-show": DFLab.helpMessage(for: ModelShow.self, columns: 100)
      case "models-export": DFLab.helpMessage(for: ModelExport.self, columns: 100)
      case "verify": DFLab.helpMessage(for: Verify.self, columns: 100)
      case "lab-reindex": DFLab.helpMessage(for: LabReindex.self, columns: 100)
      default: DFLab.helpMessage(columns: 100)
      }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Snapshots/\(name).txt")
    if ProcessInfo.processInfo.environment["DFLAB_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}
