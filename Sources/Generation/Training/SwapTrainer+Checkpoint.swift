public import Engine
import Foundation

extension SwapTrainer {
  /// The value of `kind` in the metadata of checkpoints.
  public static let kind = "dflab swap"

  /// Writes everything needed to resume: weights, their average, optimizer and training state.
  ///
  /// - Parameter program: the name and version of the program, for the metadata.
  public func save(to path: String, by program: String) throws(EngineError) {
    var metadata = metadata(program)
    metadata["state"] = state.checkpointText
    let entries =
      model.parameters.entries + optimizer.entries + (average?.entries ?? [])
      + (discriminators?.entries ?? [])
    try Checkpoint.write(entries, metadata: metadata, to: path)
  }

  /// Writes only the weights that are validated and used.
  public mutating func save(_ best: BestCheckpoint, to path: String, by program: String) throws {
    try withUsedWeights {
      var metadata = $0.metadata(program)
      metadata["best"] = best.checkpointText
      try Checkpoint.write($0.model.parameters.entries, metadata: metadata, to: path)
    }
  }

  /// Restores what `save(to:by:)` wrote.
  public mutating func restore(from path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    try SwapTrainer.check(file, settings)
    let state: SwapState = try SwapTrainer.value("state", of: file)
    try model.parameters.restore(from: file)
    try optimizer.restore(from: file)
    try average?.restore(from: file)
    try discriminators?.restore(from: file)
    self.state = state
  }

  /// Runs `body` while the model has the weights of a file.
  public func withWeights<Result>(
    of path: String, _ body: (Self) throws -> Result
  ) throws -> Result {
    let file = try CheckpointFile(path)
    try SwapTrainer.check(file, settings)
    let own = model.parameters.map(\.parameter.value)
    defer { for (named, value) in zip(model.parameters, own) { named.parameter.value = value } }
    try model.parameters.restore(from: file)
    return try body(self)
  }

  /// The step and quality of the weights that `save(_:to:by:)` wrote.
  public func best(at path: String) throws(EngineError) -> BestCheckpoint {
    let file = try CheckpointFile(path)
    try SwapTrainer.check(file, settings)
    return try SwapTrainer.best(of: file)
  }

  /// The step and quality of the weights of an open file.
  public static func best(of file: CheckpointFile) throws(EngineError) -> BestCheckpoint {
    try value("best", of: file)
  }

  /// The training settings of a file.
  public static func settings(of path: String) throws(EngineError) -> SwapSettings {
    try settings(of: try CheckpointFile(path))
  }

  /// The training settings of an open file.
  public static func settings(of file: CheckpointFile) throws(EngineError) -> SwapSettings {
    try checkKind(of: file)
    return try value("settings", of: file)
  }

  private func metadata(_ program: String) -> [String: String] {
    var metadata = SwapTrainer.metadata(settings, program: program)
    metadata[TrainedPoses.key] = poses.checkpointText
    return metadata
  }

  /// The metadata of a swap model.
  static func metadata(_ settings: SwapSettings, program: String) -> [String: String] {
    [
      "kind": SwapTrainer.kind,
      "architecture": settings.architecture.rawValue,
      "input":
        "the central 62.5 % of a face picture, \(settings.side)x\(settings.side), RGB, 0...1; "
        + "layers as in PyTorch, but "
        + "flattening in the order height, width, channels",
      "settings": settings.checkpointText,
      "program": program,
    ]
  }

  private static func checkKind(of file: CheckpointFile) throws(EngineError) {
    guard file.metadata["kind"] == kind else {
      throw .unreadableCheckpoint(path: file.path, reason: "it was not written by 'dflab swap'")
    }
  }

  private static func check(
    _ file: CheckpointFile, _ settings: SwapSettings
  ) throws(EngineError) {
    let path = file.path
    try checkKind(of: file)
    let architecture = file.metadata["architecture"] ?? "unknown"
    guard architecture == settings.architecture.rawValue else {
      throw .mismatchedCheckpoint(
        path: path,
        reason:
          "it is the model '\(architecture)', and this run's is '\(settings.architecture.rawValue)'"
      )
    }
    let trained: SwapSettings = try value("settings", of: file)
    guard trained == settings else {
      let differences = settings.differences(from: trained).joined(separator: ", ")
      throw .mismatchedCheckpoint(
        path: path, reason: "it was trained with other settings (\(differences))")
    }
  }

  private static func value<Value: Decodable>(
    _ key: String, of file: CheckpointFile
  ) throws(EngineError) -> Value {
    let data = Data((file.metadata[key] ?? "").utf8)
    guard let value = try? JSONDecoder().decode(Value.self, from: data) else {
      throw .unreadableCheckpoint(path: file.path, reason: "missing or invalid '\(key)'")
    }
    return value
  }
}
