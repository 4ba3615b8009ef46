extension Optimizer {
  /// The state that a checkpoint must store to resume bit for bit: `optimizer.steps`, and for each
  /// parameter its moments in PyTorch's order, such as `optimizer.encoder.weight.first`.
  public var state: [(name: String, tensor: Tensor)] {
    entries.map { ($0.name, $0.tensor) }
  }

  /// The same state, produced one tensor at a time.
  public var entries: [CheckpointEntry] {
    let moments = zip(parameters, memories).flatMap { named, memories in
      zip(method.memories, memories).map { kind, memory in
        let parameter = named.parameter
        return CheckpointEntry("\(name).\(named.name).\(kind)", shape: parameter.plainShape) {
          parameter.layout.unpacked(memory)
        }
      }
    }
    return [CheckpointEntry(count: steps, name: "\(name).steps")] + moments
  }

  /// Restores what `entries` wrote; nothing changes if it does not match.
  public mutating func restore(from source: some TensorSource) throws(EngineError) {
    for named in parameters {
      for kind in method.memories {
        try source.check("\(name).\(named.name).\(kind)", shape: named.parameter.plainShape)
      }
    }
    resume(steps: try source.count("\(name).steps"))
    for (index, named) in parameters.enumerated() {
      for (memory, kind) in method.memories.enumerated() {
        let plain = try source.tensor(
          "\(name).\(named.name).\(kind)", shape: named.parameter.plainShape)
        remember(named.parameter.layout.packed(plain), as: memory, of: index)
      }
    }
  }
}
