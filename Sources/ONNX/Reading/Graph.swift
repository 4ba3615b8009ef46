/// A checked graph, its nodes in an order in which they can be computed.
struct Graph: Sendable {
  /// The version of ONNX's operators that the graph is written in.
  let opset: Int
  /// The number of values.
  var valueCount: Int
  /// The values that are known beforehand, by their numbers.
  var constants: [Int: Value]
  var nodes: [Node]
  /// What the graph is given, without initializers.
  let inputs: [Port]
  let outputs: [Port]
  /// Texts that were stored with the model.
  let metadata: [String: String]

  /// An input or output of a graph.
  struct Port: Sendable {
    let name: String
    /// The number of the value.
    let value: Int
    /// The declared type; nil if there is none.
    let type: ElementType?
    /// The declared shape; nil if there is none, and nil for lengths that the caller chooses.
    let shape: [Int?]?
  }
}
