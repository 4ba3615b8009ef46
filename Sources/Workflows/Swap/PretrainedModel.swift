import Engine
import Foundation
import Generation
import Records

/// A swap model of the workspace that is used without training.
struct PretrainedModel {
  /// The file of its weights.
  let path: String

  /// The model of a run, a finished model in `Checkpoints/NAME`, or one that is embedded in the
  /// program.
  init(_ name: String, in workspace: Workspace) throws {
    if let carried = CarriedModel(rawValue: name) { try workspace.lay(carried) }
    path = RunFolder(try RunName(name), in: workspace).best
    guard FileManager.default.fileExists(atPath: path) else {
      throw RecordsError.noModel(name: name, path: path)
    }
  }

  /// Its training settings.
  var settings: SwapSettings {
    get throws(EngineError) { try SwapTrainer.settings(of: path) }
  }
}
