import Engine
import Foundation

/// Reads a file of weights.
enum ModelReading {
  /// The models of `Checkpoints`, below the workspace.
  static func all(in workspace: Workspace) throws(RecordsError) -> [String] {
    try RunFolder.names(in: "\(workspace.path)/Checkpoints").map {
      "Checkpoints/\($0)/best.safetensors"
    }.filter { FileKind.isThere("\(workspace.path)/\($0)") }
  }

  static func stamp(_ path: String, in workspace: Workspace) -> String {
    FileStamp.of(["\(workspace.path)/\(path)"])
  }

  static func row(_ path: String, in workspace: Workspace) throws -> ModelRow {
    let file = "\(workspace.path)/\(path)"
    let metadata = (try? CheckpointFile(file))?.metadata ?? [:]
    let detector = metadata["detector"]
    let isSwap = detector == nil && metadata["settings"] != nil && metadata["architecture"] != nil
    let kind: ModelKind =
      switch metadata["kind"] {
      case "dflab pretrained network": .pretrained
      case "dflab autoencoders": .autoencoders
      case "dflab eye network": .eyes
      default: detector != nil ? .detector : isSwap ? .swap : .other
      }
    return ModelRow(
      path: path, kind: kind,
      architecture: detector ?? metadata["architecture"] ?? "", program: metadata["program"],
      bytes: (RunRecorder.size(of: file) ?? 0) + (try graphBytes(beside: file)),
      hash: try FileHash.ofFile(file),
      changed: FileStamp.changed(file), stamp: stamp(path, in: workspace))
  }

  /// The size of the graph and the weights of an imported detector, whose file describes them.
  private static func graphBytes(beside file: String) throws -> Int {
    let folder = (file as NSString).deletingLastPathComponent + "/onnx"
    return try Artifact.all(below: folder).reduce(0) { $0 + (RunRecorder.size(of: $1.path) ?? 0) }
  }
}
