import Detection
import Engine
import Foundation
import Records

/// Exports the best weights of a run as a finished model, at half the size.
public enum ModelExporter {
  /// Writes `Checkpoints/NAME/best.safetensors` with weights in bfloat16.
  ///
  /// The model computes as before, with weights rounded to 8 bits of mantissa. It is for inference,
  /// not for further training.
  ///
  /// - Returns: the file's path.
  public static func export(
    _ run: String, as name: String, workspace: String?
  ) throws -> String {
    let workspace = try Workspace(named: workspace)
    let source = try PretrainedModel(run, in: workspace)
    if TrainedDetector.kind(at: source.path) == nil, PretrainedNetwork.kind(at: source.path) == nil
    {
      _ = try source.settings
    }
    let target = RunFolder(try RunName(name), in: workspace)
    guard !FileManager.default.fileExists(atPath: target.latest) else {
      throw WorkflowError.modelInTraining(name: name)
    }
    let session = try RunSession(in: target.checkpoints, Interruption())
    session.record(
      "models export", at: target.checkpoints, in: workspace, option: "--name",
      settings: ["model": run], sources: [source.path], places: [target.checkpoints],
      startsOver: true)
    let made = Artifact(target.best, making: "bfloat16", from: [.file(source.path)])
    return try session.perform(noting: { [made] }) {
      var model = try Checkpoint(reading: source.path)
      model.tensors = model.tensors.map { ($0.name, $0.tensor.converted(to: .bfloat16)) }
      try model.write(to: target.best)
      return target.best
    }
  }
}
