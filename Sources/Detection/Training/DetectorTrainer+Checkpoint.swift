public import Engine
import Foundation

extension DetectorTrainer {
  /// The value of `kind` in the metadata of training checkpoints.
  private static let kind = "dflab detector training"

  /// Writes everything needed to resume: weights, their average, optimizer and training state.
  ///
  /// - Parameter program: the name and version of the program, for the metadata.
  public func save(to path: String, by program: String) throws(EngineError) {
    let metadata = [
      "kind": DetectorTrainer.kind, "detector": settings.architecture.rawValue,
      "settings": DetectorText.json(settings), "state": DetectorText.json(state),
      "program": program,
    ]
    let entries =
      network.parameters.entries + (places?.parameters.entries ?? []) + optimizer.entries
      + (average?.entries ?? [])
    try Checkpoint.write(entries, metadata: metadata, to: path)
  }

  /// Restores what `save(to:by:)` wrote.
  public mutating func restore(from path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    guard file.metadata["kind"] == DetectorTrainer.kind else {
      throw .unreadableCheckpoint(path: path, reason: "not a checkpoint of detector training")
    }
    let (found, own) = (
      file.metadata["detector"] ?? "unknown", settings.architecture.rawValue
    )
    guard found == own else {
      throw .mismatchedCheckpoint(
        path: path, reason: "it is the detector '\(found)', and this run's is '\(own)'")
    }
    guard let trained = file.metadata["settings"],
      let state: DetectorState = DetectorText.value(file.metadata["state"])
    else {
      throw .unreadableCheckpoint(path: path, reason: "invalid settings or state")
    }
    guard trained == DetectorText.json(settings) else {
      throw .mismatchedCheckpoint(path: path, reason: "it was trained with other settings")
    }
    try network.parameters.restore(from: file)
    try places?.parameters.restore(from: file)
    try optimizer.restore(from: file)
    try average?.restore(from: file)
    self.state = state
  }
}
