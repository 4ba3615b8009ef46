public import Engine
import Foundation

extension NetworkDetector {
  /// The detector as a safetensors file holds it: `input` is what it is shown, `settings` what it
  /// was trained with, `shape` that of its layers if it is not the published one; tensors bear
  /// PyTorch's order.
  public func checkpoint() -> Checkpoint {
    var metadata = ["input": DetectorText.json(input)]
    metadata["settings"] = settings
    metadata["shape"] = architecture.shape.map(DetectorText.json)
    return Checkpoint(tensors: parameters, metadata: metadata)
  }

  /// The detector of a file that holds this network.
  convenience init(
    _ file: CheckpointFile, _ architecture: NetworkArchitecture
  ) throws(DetectionError) {
    let input = try NetworkDetector.input(of: file, for: architecture)
    let network = DetectorNetwork(
      try NetworkDetector.shaped(architecture, as: file), side: input.side,
      randomness: RandomSource(seed: 0))
    do {
      try network.parameters.restore(from: file)
    } catch {
      throw .unusableDetector(path: file.path, reason: DetectorText.reason(error))
    }
    for named in network.parameters where !named.parameter.value.isFinite {
      throw .unusableDetector(path: file.path, reason: "'\(named.name)' is not finite")
    }
    self.init(owning: network, input: input, settings: file.metadata["settings"])
  }

  /// The network with the shape that a file states, if any.
  private static func shaped(
    _ architecture: NetworkArchitecture, as file: CheckpointFile
  ) throws(DetectionError) -> NetworkArchitecture {
    guard let text = file.metadata["shape"] else { return architecture }
    guard let shape: NetworkShape = DetectorText.value(text), shape.isPossible,
      let shaped = architecture.shaped(shape)
    else { throw .unusableDetector(path: file.path, reason: "invalid 'shape'") }
    return shaped
  }

  /// The preprocessing that a file states.
  static func input(
    of file: CheckpointFile, for architecture: NetworkArchitecture
  ) throws(DetectionError) -> DetectorInput {
    guard let input: DetectorInput = DetectorText.value(file.metadata["input"]) else {
      throw .unusableDetector(path: file.path, reason: "missing or invalid 'input'")
    }
    guard architecture.sides.contains(input.side), input.share > 0, input.share <= 1,
      input.mean.count == 3, input.deviation.count == 3,
      input.deviation.allSatisfy({ $0 > 0 && $0.isFinite }), input.mean.allSatisfy(\.isFinite)
    else {
      throw .unusableDetector(path: file.path, reason: "invalid 'input'")
    }
    return input
  }
}

/// Values in the metadata of detectors.
enum DetectorText {
  static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  static func value<Value: Decodable>(_ text: String?) -> Value? {
    text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
  }

  /// An error of the engine, phrased for the middle of a sentence.
  static func reason(_ error: EngineError) -> String {
    switch error {
    case .unreadableCheckpoint(_, let reason), .mismatchedCheckpoint(_, let reason),
      .unwritableCheckpoint(_, let reason), .unwritableFile(_, let reason):
      reason
    case .library, .notFinite, .disagreeingRanks: error.description
    }
  }
}
