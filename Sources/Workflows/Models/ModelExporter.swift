import Detection
import Engine
import Foundation
import Generation
public import Records

/// A request for an export.
public struct ExportRequest: RunRequest {
  /// The run whose model is exported.
  public var run = ""
  /// The name of the exported model.
  public var name = ""
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// Without a run.
  public init() {}

  /// An export of a run's model.
  public init(_ run: String, as name: String) { (self.run, self.name) = (run, name) }

  public static let command = "models export"

  public static let options: [RequestOption<ExportRequest>] = [
    RequestOption(
      "run", \.run, "Run whose best weights are exported", form: .argument, isRequired: true),
    RequestOption("name", \.name, "Name of the exported model", isRequired: true),
    .workspace(\.workspace),
  ]
}

/// Exports the best weights of a run as a finished model, at half the size.
public enum ModelExporter {
  /// Writes `Checkpoints/NAME/best.safetensors` with weights in bfloat16.
  ///
  /// The model computes as before, with weights rounded to 8 bits of mantissa. It is for inference,
  /// not for further training.
  ///
  /// - Returns: the file's path.
  public static func export(_ request: ExportRequest) throws -> String {
    let workspace = try Workspace(named: request.workspace)
    let source = try PretrainedModel(request.run, in: workspace)
    if TrainedDetector.kind(at: source.path) == nil,
      PretrainedNetwork.kind(at: source.path) == nil,
      !PictureAutoencoders.isThere(at: source.path)
    {
      _ = try source.settings
    }
    let target = RunFolder(try RunName(request.name), in: workspace)
    guard !FileManager.default.fileExists(atPath: target.latest) else {
      throw WorkflowError.modelInTraining(name: request.name)
    }
    let session = try RunSession(in: target.checkpoints, Interruption())
    session.record(
      request, at: target.checkpoints, in: workspace, settings: ["model": request.run],
      sources: [source.path], places: [target.checkpoints],
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
