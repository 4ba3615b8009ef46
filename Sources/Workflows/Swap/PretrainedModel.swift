import Engine
import Foundation
import Generation
import Records

/// A swap model of the workspace whose weights are used as they are.
struct PretrainedModel {
  /// The file with its weights.
  let path: String

  /// The model of a run, one that was put into `Checkpoints/NAME`, or one that the program carries.
  init(_ name: String, in workspace: Workspace) throws {
    if let carried = CarriedModel(rawValue: name) { try workspace.lay(carried) }
    path = RunFolder(try RunName(name), in: workspace).best
    guard FileManager.default.fileExists(atPath: path) else {
      throw RecordsError.noModel(name: name, path: path)
    }
  }

  /// What it was trained with.
  var settings: SwapSettings {
    get throws(EngineError) { try SwapTrainer.settings(of: path) }
  }
}
