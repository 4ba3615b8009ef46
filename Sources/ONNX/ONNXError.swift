/// What is wrong with a model in ONNX's format, or with what it was given.
public enum ONNXError: Error, Equatable, CustomStringConvertible {
  /// The file is missing, truncated, no ONNX model, or larger than it may be.
  case unreadable(path: String, reason: String)
  /// The graph breaks a rule of the format.
  case invalid(reason: String)
  /// The graph uses something that dflab does not run.
  case unsupported(what: String, nodes: [String])
  /// A node cannot be computed.
  case failed(node: String, operation: String, reason: String)
  /// An input of the graph is missing or has another type or shape.
  case unsuitableInput(name: String, reason: String)

  /// One sentence for the user, including a remedy.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "Cannot read ONNX model '\(path)': \(reason). Export the model again."
    case .invalid(let reason):
      "The ONNX graph is invalid: \(reason). Check the model with onnx.checker, and export it again."
    case .unsupported(let what, let nodes):
      "The ONNX graph uses \(what), which dflab does not run" + ONNXError.place(of: nodes)
        + ". Export the model without it."
    case .failed(let node, let operation, let reason):
      "The ONNX graph cannot be computed: \(operation) node '\(node)': \(reason)."
    case .unsuitableInput(let name, let reason):
      "Input '\(name)' of the ONNX graph: \(reason)."
    }
  }

  private static func place(of nodes: [String]) -> String {
    guard !nodes.isEmpty else { return "" }
    let shown = nodes.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    let others = nodes.count > 3 ? " and \(nodes.count - 3) more" : ""
    return " (\(nodes.count == 1 ? "node" : "nodes") \(shown)\(others))"
  }
}

/// Why an operator refuses its inputs or attributes; the plan adds which node it was.
struct OperatorFault: Error, Equatable {
  /// The end of a sentence, without a period; of something unsupported, its name.
  let reason: String
  /// Whether the graph may be right, but dflab does not run it.
  let isUnsupported: Bool

  init(_ reason: String) { (self.reason, isUnsupported) = (reason, false) }

  /// What dflab does not run.
  init(unsupported what: String) { (reason, isUnsupported) = (what, true) }
}
