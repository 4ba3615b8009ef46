/// A node of a graph; values are numbered over the whole graph.
struct Node: Sendable {
  /// The node's name, or its first output's where it has none.
  let name: String
  /// The operator's name.
  let operation: String
  /// The inputs; nil where an optional one is left out.
  let inputs: [Int?]
  /// The outputs; nil where an optional one is left out.
  let outputs: [Int?]
  let attributes: [String: Attribute]
}
