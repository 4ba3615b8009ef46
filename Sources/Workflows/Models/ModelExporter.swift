import Detection
import Engine
import Foundation
import Generation
public import Records

/// A request for an export.
public struct ExportRequest: RunRequest {
  /// The run whose model is exported.
  public var run = ""
  /// The name of the exported model; nil for an export to a file.
  public var name: String?
  /// The file in ONNX's format that is written; nil for an export to a model.
  public var onnx: String?
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
    RequestOption("name", \.name, "Name of the exported model"),
    RequestOption(
      "onnx", \.onnx, "File in ONNX's format for a detector, or for each direction of a swap model"),
    .workspace(\.workspace),
  ]

  public var conflict: String? {
    switch (name, onnx) {
    case (nil, nil): "Give --name for a model, or --onnx for a file."
    case (_?, _?): "--onnx cannot be used with --name. Omit one of them."
    default: nil
    }
  }
}

/// Exports the best weights of a run: as a finished model, at half the size, or as a file for others.
public enum ModelExporter {
  /// Writes `Checkpoints/NAME/best.safetensors` with weights in bfloat16, or files in ONNX's format.
  ///
  /// The model computes as before, with weights rounded to 8 bits of mantissa. It is for inference,
  /// not for further training.
  ///
  /// - Returns: the files' paths.
  public static func export(_ request: ExportRequest) throws -> [String] {
    let workspace = try Workspace(named: request.workspace)
    let source = try PretrainedModel(request.run, in: workspace)
    guard TrainedDetector.kind(at: source.path) != .onnx else {
      let folder = (source.path as NSString).deletingLastPathComponent
      throw WorkflowError.importedModel(
        name: request.run, file: "\(folder)/\(ImportedDetector.folder)/\(ImportedDetector.model)")
    }
    guard let name = request.name else {
      return try ONNXExport(
        name: request.run, source: source.path, data: trainingData(of: request.run, in: workspace)
      ).write(to: request.onnx ?? "")
    }
    if TrainedDetector.kind(at: source.path) == nil,
      PretrainedNetwork.kind(at: source.path) == nil,
      !PictureAutoencoders.isThere(at: source.path), !EyeNetwork.isThere(at: source.path)
    {
      _ = try source.settings
    }
    let target = RunFolder(try RunName(name), in: workspace)
    guard !FileManager.default.fileExists(atPath: target.latest) else {
      throw WorkflowError.modelInTraining(name: name)
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
      return [target.best]
    }
  }

  /// The names of the datasets and face sets that a model was trained on; none where its run is not known.
  private static func trainingData(of name: String, in workspace: Workspace) -> [String] {
    guard let registry = try? Registry(workspace: workspace.path),
      let run = try? registry.model(named: name).run,
      let sources = try? registry.run(named: run).sources
    else { return [] }
    return sources.filter { !$0.hasPrefix("Checkpoints/") && !$0.hasSuffix(".safetensors") }
      .map { ($0 as NSString).lastPathComponent }
  }
}
