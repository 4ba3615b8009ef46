/// Where tensors are read back from: a checkpoint in memory, or a file read piece by piece.
public protocol TensorSource {
  /// The file, for messages.
  var path: String { get }

  /// The shape of a tensor; nil when there is none of that name.
  func shape(of name: String) -> [Int]?

  /// A tensor that is there, as float32.
  func tensor(_ name: String) throws(EngineError) -> Tensor
}

extension TensorSource {
  /// Makes sure that there is such a tensor.
  public func check(_ name: String, shape: [Int]) throws(EngineError) {
    guard let found = self.shape(of: name) else {
      throw .mismatchedCheckpoint(path: path, reason: "'\(name)' is missing")
    }
    guard found == shape else {
      throw .mismatchedCheckpoint(
        path: path, reason: "'\(name)' has the shape \(found), not \(shape)")
    }
  }

  /// A tensor of a known shape.
  public func tensor(_ name: String, shape: [Int]) throws(EngineError) -> Tensor {
    try check(name, shape: shape)
    return try tensor(name)
  }

  /// A whole number that `CheckpointEntry(count:name:)` wrote.
  public func count(_ name: String) throws(EngineError) -> Int {
    let values = try tensor(name, shape: [2]).values
    guard
      values.allSatisfy({ $0 >= 0 && $0 < 0x1p24 && $0 == $0.rounded(.down) })
    else {
      throw .unreadableCheckpoint(path: path, reason: "'\(name)' is not a count")
    }
    return Int(values[0]) << 24 + Int(values[1])
  }
}

extension [NamedParameter] {
  /// The weights as a checkpoint holds them, in PyTorch's order.
  public var entries: [CheckpointEntry] {
    map { named in
      CheckpointEntry(named.name, shape: named.parameter.plainShape) { named.parameter.plain }
    }
  }

  /// Takes the weights from a checkpoint; nothing is changed when one is missing or of another shape.
  public func restore(from source: some TensorSource) throws(EngineError) {
    for named in self { try source.check(named.name, shape: named.parameter.plainShape) }
    for named in self { named.parameter.plain = try source.tensor(named.name) }
  }
}
