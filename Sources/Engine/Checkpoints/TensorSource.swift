/// A source of tensors: a checkpoint in memory, or a file read piece by piece.
public protocol TensorSource {
  /// The path, for error messages.
  var path: String { get }

  /// The shape of a tensor; nil if there is no tensor of that name.
  func shape(of name: String) -> [Int]?

  /// An existing tensor, as float32.
  func tensor(_ name: String) throws(EngineError) -> Tensor
}

extension TensorSource {
  /// Throws unless there is a tensor of this name and shape.
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

  /// An integer written by `CheckpointEntry(count:name:)`.
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
  /// The weights as stored in a checkpoint, in PyTorch's order.
  public var entries: [CheckpointEntry] {
    map { named in
      CheckpointEntry(named.name, shape: named.parameter.plainShape) { named.parameter.plain }
    }
  }

  /// Loads the weights from a checkpoint; nothing changes if one is missing or has another shape.
  public func restore(from source: some TensorSource) throws(EngineError) {
    for named in self { try source.check(named.name, shape: named.parameter.plainShape) }
    for named in self { named.parameter.plain = try source.tensor(named.name) }
  }
}
