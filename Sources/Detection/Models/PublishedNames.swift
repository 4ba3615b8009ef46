import Engine

/// How those who publish the weights of a network name its layers.
struct PublishedNames: Sendable {
  /// Such as `torchvision`.
  let publisher: String
  /// Their name of each layer with parameters but the classifier's, by its path.
  private let layers: [String: String]
  /// Their names of the classifier.
  private let classifiers: [String]

  init(_ publisher: String, layers: [String: String], classifiers: [String]) {
    (self.publisher, self.layers, self.classifiers) = (publisher, layers, classifiers)
  }

  /// Their name of a parameter, given by its path.
  func name(of parameter: String) -> String? {
    guard let end = parameter.lastIndex(of: ".") else { return nil }
    return layers[String(parameter[..<end])].map { $0 + parameter[end...] }
  }

  /// Whether a tensor of theirs has nothing to give: a class's weights, or how many batches a
  /// normalization has seen.
  func isLeftOut(_ name: String) -> Bool {
    name.hasSuffix(".num_batches_tracked") || classifiers.contains { name.hasPrefix("\($0).") }
  }
}
