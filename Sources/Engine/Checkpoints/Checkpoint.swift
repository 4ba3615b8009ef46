/// The tensors of a model, with metadata.
///
/// On disk it is a safetensors file, which Python's `safetensors` opens directly.
public struct Checkpoint: TensorSource {
  /// The tensors by name.
  public var tensors: [(name: String, tensor: Tensor)]
  /// Texts beside the tensors: architecture, settings, the program's version.
  public var metadata: [String: String]
  /// The file it was read from; empty if it was created in memory.
  public private(set) var path = ""

  /// A checkpoint of tensors in memory.
  public init(tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a whole file; `CheckpointFile` reads single tensors.
  public init(reading path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    tensors = []
    for name in file.names { tensors.append((name, try file.tensor(name))) }
    metadata = file.metadata
    self.path = path
  }

  /// Writes the file atomically.
  public func write(to path: String) throws(EngineError) {
    try Checkpoint.write(
      tensors.map { CheckpointEntry($0.name, $0.tensor) }, metadata: metadata, to: path)
  }

  /// The shape of a tensor; nil if there is no tensor of that name.
  public func shape(of name: String) -> [Int]? {
    tensors.first { $0.name == name }?.tensor.shape
  }

  /// An existing tensor, as float32.
  public func tensor(_ name: String) throws(EngineError) -> Tensor {
    guard let found = tensors.first(where: { $0.name == name }) else {
      throw .mismatchedCheckpoint(path: path, reason: "'\(name)' is missing")
    }
    return found.tensor.converted(to: .float32)
  }
}
