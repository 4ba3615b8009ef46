public import Engine
import Foundation

extension SwapTrainer {
  /// What `kind` says in the metadata of our checkpoints.
  private static let kind = "dflab swap"

  /// All that is needed to go on: weights, their average, the optimizer, the place.
  public func checkpoint(madeBy program: String) -> Checkpoint {
    var checkpoint = Checkpoint(tensors: weights, metadata: metadata(program))
    checkpoint.tensors += optimizer.state.map { ("optimizer.\($0.name)", $0.tensor) }
    checkpoint.tensors += (average?.state ?? []).map { ("average.\($0.name)", $0.tensor) }
    checkpoint.metadata["state"] = SwapTrainer.json(state)
    return checkpoint
  }

  /// The weights that are judged and used, alone.
  public mutating func usedWeights(_ best: SwapBest, madeBy program: String) -> Checkpoint {
    withUsedWeights {
      var checkpoint = Checkpoint(tensors: $0.weights, metadata: $0.metadata(program))
      checkpoint.metadata["best"] = SwapTrainer.json(best)
      return checkpoint
    }
  }

  /// Goes on from a checkpoint of this training.
  ///
  /// - Parameter path: where it was read, for errors.
  public mutating func restore(from checkpoint: Checkpoint, path: String) throws(EngineError) {
    try SwapTrainer.check(checkpoint, settings, path)
    state = try SwapTrainer.value("state", of: checkpoint, path)
    try load(checkpoint, path)
    try optimizer.restore(checkpoint.tensors(under: "optimizer"))
    try average?.restore(checkpoint.tensors(under: "average"))
  }

  /// Runs `body` while the model holds the weights of a checkpoint.
  public mutating func withWeights<Result>(
    _ checkpoint: Checkpoint, path: String, _ body: (SwapModel) throws -> Result
  ) throws -> Result {
    try SwapTrainer.check(checkpoint, settings, path)
    let own = model.parameters.map(\.parameter.value)
    defer { for (named, value) in zip(model.parameters, own) { named.parameter.value = value } }
    try load(checkpoint, path)
    return try body(model)
  }

  /// What the metadata of a checkpoint of `usedWeights` say.
  public static func best(in checkpoint: Checkpoint, path: String) throws(EngineError) -> SwapBest {
    try value("best", of: checkpoint, path)
  }

  private var weights: [(name: String, tensor: Tensor)] {
    model.parameters.map { ($0.name, $0.parameter.plain) }
  }

  private func metadata(_ program: String) -> [String: String] {
    [
      "kind": SwapTrainer.kind,
      "architecture": settings.architecture.rawValue,
      "input": "[N, 64, 64, 3] or its transpose, RGB, 0...1: the central 62.5 % of a face picture",
      "settings": SwapTrainer.json(settings),
      "program": program,
    ]
  }

  private func load(_ checkpoint: Checkpoint, _ path: String) throws(EngineError) {
    let tensors = Dictionary(checkpoint.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    for named in model.parameters {
      guard let tensor = tensors[named.name] else {
        throw .mismatchedCheckpoint(path: path, reason: "it holds no '\(named.name)'")
      }
      let shape = named.parameter.plainShape
      guard tensor.shape == shape else {
        throw .mismatchedCheckpoint(
          path: path, reason: "'\(named.name)' is \(tensor.shape) there, \(shape) here")
      }
    }
    for named in model.parameters {
      if let tensor = tensors[named.name] { named.parameter.plain = tensor }
    }
  }

  private static func check(
    _ checkpoint: Checkpoint, _ settings: SwapSettings, _ path: String
  ) throws(EngineError) {
    guard checkpoint.metadata["kind"] == kind else {
      throw .unreadableCheckpoint(path: path, reason: "it was not written by 'dflab swap'")
    }
    let architecture = checkpoint.metadata["architecture"] ?? "unknown"
    guard architecture == settings.architecture.rawValue else {
      throw .mismatchedCheckpoint(
        path: path,
        reason: "it is an '\(architecture)', not an '\(settings.architecture.rawValue)'")
    }
    guard try value("settings", of: checkpoint, path) == settings else {
      throw .mismatchedCheckpoint(path: path, reason: "it was trained with other settings")
    }
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private static func value<Value: Decodable>(
    _ key: String, of checkpoint: Checkpoint, _ path: String
  ) throws(EngineError) -> Value {
    let data = Data((checkpoint.metadata[key] ?? "").utf8)
    guard let value = try? JSONDecoder().decode(Value.self, from: data) else {
      throw .unreadableCheckpoint(path: path, reason: "its '\(key)' is missing or broken")
    }
    return value
  }
}

extension Checkpoint {
  /// The tensors whose names begin with `prefix.`, under the rest of their names.
  fileprivate func tensors(under prefix: String) -> [(name: String, tensor: Tensor)] {
    tensors.filter { $0.name.hasPrefix("\(prefix).") }
      .map { (String($0.name.dropFirst(prefix.count + 1)), $0.tensor) }
  }
}
