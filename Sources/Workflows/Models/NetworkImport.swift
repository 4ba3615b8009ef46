public import Detection
import Engine
import Foundation
import Records

/// Imports published weights of a network, for detectors to begin with.
public enum NetworkImport {
  /// Writes `Checkpoints/NAME/best.safetensors`.
  ///
  /// - Returns: the file's path.
  public static func run(
    file: String, as architecture: NetworkArchitecture, name: String, workspace: String?
  ) throws -> String {
    let workspace = try Workspace(named: workspace)
    let target = RunFolder(try RunName(name), in: workspace)
    guard !FileManager.default.fileExists(atPath: target.latest) else {
      throw WorkflowError.modelInTraining(name: name)
    }
    let session = try RunSession(in: target.checkpoints, Interruption())
    var request = ModelImportRequest(file, as: .network(architecture))
    request.name = name
    session.record(
      request, at: target.checkpoints, in: workspace,
      settings: ["file": file, "as": architecture.rawValue], sources: [file],
      places: [target.checkpoints], startsOver: true)
    let made = Artifact(target.best, making: "weights", from: [.file(file)])
    return try session.perform(noting: { [made] }) {
      let origin = (file as NSString).lastPathComponent
      var network = try PretrainedNetwork(importing: file, as: architecture, origin: origin)
      network.program = Program.name
      try network.checkpoint.write(to: target.best)
      return target.best
    }
  }
}
