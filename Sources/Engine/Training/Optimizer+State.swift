extension Optimizer {
  /// What a checkpoint must hold to go on with the same bits: `optimizer.steps`, and for each
  /// parameter its moments in PyTorch's order, such as `optimizer.encoder.weight.first`.
  public var state: [(name: String, tensor: Tensor)] {
    entries.map { ($0.name, $0.tensor) }
  }

  /// The same, made one by one as they are written.
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

  /// Takes up what `entries` wrote; nothing is changed when it does not fit.
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
