public import Engine

/// Weights that the training of a detector can begin with: those of a network that has learned
/// something else, without its classifier and what else of the detector that network lacks.
public struct PretrainedNetwork: Sendable {
  /// The value of `kind` in the metadata of its files.
  private static let fileKind = "dflab pretrained network"
  /// The layer that every one lacks.
  private static let classifier = "classifier"

  /// The network.
  public let architecture: NetworkArchitecture
  /// The preprocessing of a crop.
  public let input: DetectorInput
  /// Where the weights come from, in words for their file.
  public let origin: String
  /// The program that wrote the file, such as `dflab 0.1.0`; nil if unknown.
  public var program: String?
  /// The weights by their paths.
  private let tensors: [(name: String, tensor: Tensor)]

  /// Weights of all layers that its publishers have.
  init(
    _ architecture: NetworkArchitecture, input: DetectorInput, origin: String,
    tensors: [(name: String, tensor: Tensor)]
  ) {
    (self.architecture, self.input, self.origin) = (architecture, input, origin)
    self.tensors = tensors
  }

  /// Reads a file that `write` wrote.
  public init(reading path: String) throws(DetectionError) {
    let file: CheckpointFile
    do {
      file = try CheckpointFile(path)
    } catch {
      throw .noPretrainedNetwork(path: path, reason: DetectorText.reason(error))
    }
    guard file.metadata["kind"] == PretrainedNetwork.fileKind,
      let architecture = NetworkArchitecture(rawValue: file.metadata["detector"] ?? "")
    else {
      throw .noPretrainedNetwork(path: path, reason: "its metadata name no known network")
    }
    self.architecture = architecture
    input = try NetworkDetector.input(of: file, for: architecture)
    origin = file.metadata["origin"] ?? ""
    program = file.metadata["program"]
    do throws(EngineError) {
      var tensors: [(name: String, tensor: Tensor)] = []
      for (name, shape) in PretrainedNetwork.layout(of: architecture) {
        tensors.append((name, try file.tensor(name, shape: shape)))
      }
      self.tensors = tensors
    } catch {
      throw .noPretrainedNetwork(path: path, reason: DetectorText.reason(error))
    }
    if let broken = tensors.first(where: { !$0.tensor.isFinite }) {
      throw .noPretrainedNetwork(path: path, reason: "'\(broken.name)' is not finite")
    }
  }

  /// Which network a file has weights of; nil where it is none.
  public static func kind(at path: String) -> DetectorKind? {
    guard let file = try? CheckpointFile(path), file.metadata["kind"] == fileKind else {
      return nil
    }
    return file.metadata["detector"].map { DetectorKind($0) }
  }

  /// The weights as a file holds them.
  public var checkpoint: Checkpoint {
    var metadata = [
      "kind": PretrainedNetwork.fileKind, "detector": architecture.rawValue, "origin": origin,
      "input": DetectorText.json(input),
    ]
    metadata["program"] = program
    return Checkpoint(tensors: tensors, metadata: metadata)
  }

  /// A detector with these weights and a classifier of zeros, which calls nothing fake or real; other
  /// layers that the file lacks, and a classifier of several layers, have initial weights.
  public var detector: NetworkDetector {
    let network = DetectorNetwork(
      architecture, side: input.side, randomness: RandomSource(seed: 0))
    let known = Dictionary(tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    for named in network.parameters {
      let isLast = ["weight", "bias"].contains { named.name == "\(Self.classifier).\($0)" }
      if let value = known[named.name] {
        named.parameter.plain = value
      } else if isLast {
        named.parameter.plain = Tensor(zeros: named.parameter.plainShape)
      }
    }
    return NetworkDetector(network, input: input)
  }

  /// The names and the shapes of the tensors: of the layers that its publishers have names for.
  static func layout(of architecture: NetworkArchitecture) -> [(name: String, shape: [Int])] {
    DetectorNetwork(
      architecture, side: architecture.input.side, randomness: RandomSource(seed: 0)
    ).parameters.filter { named in
      architecture.published.contains { $0.source(of: named.name) != nil }
    }
    .map { ($0.name, $0.parameter.plainShape) }
  }
}
