import Engine

/// How those who publish the weights of a network name its layers.
struct PublishedNames: Sendable {
  /// A tensor of theirs, or one of several parts of equal size along its first dimension.
  struct Source: Sendable {
    let name: String
    var part = 0
    var parts = 1

    /// The shape of the whole, given that of the part.
    func whole(_ shape: [Int]) -> [Int] {
      parts == 1 ? shape : [shape[0] * parts] + shape.dropFirst()
    }

    /// The part of the whole.
    func taken(from whole: Tensor) -> Tensor {
      guard parts > 1 else { return whole }
      let size = whole.shape[0] / parts
      return whole.samples(part * size..<(part + 1) * size)
    }
  }

  /// Such as `torchvision`.
  let publisher: String
  /// Their name of each layer with parameters but the classifier's, by its path.
  private let layers: [String: String]
  /// Where they have parameters that are not named as their layer is.
  private let sources: [String: Source]
  /// Their names of the classifier, and of whatever else the network does not have.
  private let others: [String]

  init(
    _ publisher: String, layers: [String: String], sources: [String: Source] = [:],
    others: [String]
  ) {
    (self.publisher, self.layers, self.sources) = (publisher, layers, sources)
    self.others = others
  }

  /// Where they have a parameter, given by its path.
  func source(of parameter: String) -> Source? {
    if let source = sources[parameter] { return source }
    guard let end = parameter.lastIndex(of: ".") else { return nil }
    return layers[String(parameter[..<end])].map { Source(name: $0 + parameter[end...]) }
  }

  /// Whether a tensor of theirs has nothing to give: a class's weights, or how many batches a
  /// normalization has seen.
  func isLeftOut(_ name: String) -> Bool {
    name.hasSuffix(".num_batches_tracked")
      || others.contains { name == $0 || name.hasPrefix("\($0).") }
  }
}
