/// A model that can be run.
///
/// Pictures keep the engine's order, `[N, H, W, C]`, from one step to the next as long as steps understand
/// it, and are converted where one does not.
public final class Session: Sendable {
  let graph: Graph
  let steps: [Step]
  /// The values that are not needed after each step.
  private let released: [[Int]]
  /// The operators that compute the outputs, by the outputs' names.
  private let lastOperators: [String: String]

  /// Reads and checks the model at `path`, and computes in advance what does not depend on inputs.
  public convenience init(path: String) throws(ONNXError) {
    try self.init(try ModelReader.graph(path: path))
  }

  init(_ graph: consuming Graph) throws(ONNXError) {
    var graph = try graph.folded()
    // Before activations ride on other steps.
    lastOperators = graph.lastOperators()
    graph = graph.withMergedActivations()
    var planner = Planner(graph)
    // The planner lets weights go one by one, of which nobody else may hold copies.
    graph.constants = [:]
    steps = planner.steps()
    graph = planner.graph
    var last: [Int: Int] = [:]
    for (index, step) in steps.enumerated() {
      for value in (step.node.inputs + step.node.outputs).compactMap(\.self) { last[value] = index }
    }
    let outputs = Set(graph.outputs.map(\.value))
    graph.constants = graph.constants.filter { last[$0.key] != nil || outputs.contains($0.key) }
    let kept = outputs.union(graph.constants.keys)
    var released = [[Int]](repeating: [], count: steps.count)
    for (value, index) in last where !kept.contains(value) { released[index].append(value) }
    self.released = released
    self.graph = graph
  }

  /// The files beside the model at `path` that hold its weights, relative to its folder; sorted, and not
  /// checked before a session is made.
  public static func externalFiles(path: String) throws(ONNXError) -> [String] {
    ModelReader.externalFiles(of: try ModelReader.message(path: path))
  }

  /// What the graph is given.
  public var inputs: [Port] { graph.inputs.map(Port.init) }
  /// What it computes.
  public var outputs: [Port] { graph.outputs.map(Port.init) }
  /// Texts that were stored with the model.
  public var metadata: [String: String] { graph.metadata }

  /// An input or output, as the graph declares it.
  public struct Port: Equatable, Sendable {
    public let name: String
    /// The type of its elements; nil if the graph does not say.
    public let type: ElementType?
    /// The length of each dimension; nil if the graph does not say, and nil for lengths that the caller
    /// chooses.
    public let shape: [Int?]?

    init(_ port: Graph.Port) {
      (name, type) = (port.name, port.type)
      // Exporters write lengths of 0 and below for those that are not fixed.
      shape = port.shape?.map { $0.flatMap { $0 > 0 ? $0 : nil } }
    }
  }

  /// The operators in the order in which they run; those that ride on others are missing.
  var operations: [String] { steps.map(\.node.operation) }

  /// The operator that computes an output, apart from those that only give it another shape or type.
  ///
  /// - Parameter output: the name; nil is returned for one that there is not.
  public func lastOperator(of output: String) -> String? { lastOperators[output] }

  /// The values of outputs, in order.
  ///
  /// - Parameters:
  ///   - given: a value for each input.
  ///   - names: the outputs; nil for all.
  public func run(
    _ given: [String: Value], for names: [String]? = nil
  ) throws(ONNXError) -> [Value] {
    try run(given, for: names, timing: nil)
  }

  private func run(
    _ given: [String: Value], for names: [String]?,
    timing: ((_ operation: String, _ seconds: Double) -> Void)?
  ) throws(ONNXError) -> [Value] {
    var slots = try start(given)
    for (index, step) in steps.enumerated() {
      let start = timing == nil ? nil : ContinuousClock.now
      do throws(OperatorFault) {
        try run(step, &slots)
      } catch {
        throw error.error(at: step.node)
      }
      if let timing, let start {
        timing(step.node.operation, start.duration(to: .now) / .seconds(1))
      }
      for value in released[index] { slots[value] = nil }
    }
    let chosen = names.map { names in graph.outputs.filter { names.contains($0.name) } }
    return try (chosen ?? graph.outputs).throwingMap { output throws(ONNXError) in
      guard let value = slots[output.value]?.value() else {
        throw .invalid(reason: "the output '\(output.name)' was not computed")
      }
      return value
    }
  }

  /// What is known before the first step: constants and inputs, by the numbers of values.
  func start(_ given: [String: Value]) throws(ONNXError) -> [Slot?] {
    var slots = [Slot?](repeating: nil, count: graph.valueCount)
    for input in graph.inputs {
      guard let value = given[input.name] else {
        throw .unsuitableInput(name: input.name, reason: "it is missing")
      }
      try input.check(value)
      slots[input.value] = Slot(value)
    }
    for (number, value) in graph.constants { slots[number] = Slot(value) }
    return slots
  }

  /// Seconds of one run by operator.
  public func operatorSeconds(_ given: [String: Value]) throws(ONNXError) -> [String: Double] {
    var seconds: [String: Double] = [:]
    _ = try run(given, for: nil, timing: { seconds[$0, default: 0] += $1 })
    return seconds
  }
}

extension OperatorFault {
  /// The error of a graph.
  func error(at node: Node) -> ONNXError {
    isUnsupported
      ? .unsupported(what: reason, nodes: [node.name])
      : .failed(node: node.name, operation: node.operation, reason: reason)
  }
}

extension Graph.Port {
  /// Refuses a value of another type or shape than the graph declares.
  func check(_ value: Value) throws(ONNXError) {
    if let type, type != value.type {
      throw .unsuitableInput(name: name, reason: "it takes \(type), not \(value.type)")
    }
    guard let shape else { return }
    let fits =
      shape.count == value.shape.count
      && zip(shape, value.shape).allSatisfy { declared, own in declared.map { $0 == own } ?? true }
    guard fits else {
      let declared = shape.map { $0.map { "\($0)" } ?? "any" }.joined(separator: ", ")
      throw .unsuitableInput(name: name, reason: "it takes [\(declared)], not \(value.shape)")
    }
  }
}
