/// The relative weight of each method among the fakes; methods without a weight are not used.
public struct ForgeryWeights: Equatable, Sendable {
  /// Without zeros, so that an omitted method equals one of weight 0.
  private var weights: [ForgeryMethod: Double] = [:]

  /// The default weights of some methods.
  public init(of methods: [ForgeryMethod] = ForgeryMethod.all) {
    for method in methods { self[method] = method.weight }
  }

  /// A single method, whatever else the table holds.
  public static func only(_ method: ForgeryMethod) -> ForgeryWeights { [method: 1] }

  /// The weight of a method.
  public subscript(method: ForgeryMethod) -> Double {
    get { weights[method] ?? 0 }
    set { weights[method] = newValue == 0 ? nil : newValue }
  }

  /// The methods in use: those of the table in its order, then others by name.
  public var methods: [ForgeryMethod] {
    let others = weights.keys.filter { !ForgeryMethod.all.contains($0) }
    return (ForgeryMethod.all + others.sorted { $0.name < $1.name }).filter { self[$0] > 0 }
  }

  /// Which weight is out of range, to be used inside a sentence; nil if none is.
  ///
  /// - Parameter path: the key of the weights in a recipe.
  public func fault(at path: String) -> String? {
    let sorted = weights.sorted { $0.key.name < $1.key.name }
    return sorted.first { !(0...1e6).contains($0.value) }.map {
      "'\(path).\($0.key.name)' must be between 0 and 1000000, not \($0.value)"
    }
  }
}

extension ForgeryWeights: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (ForgeryMethod, Double)...) {
    for (method, weight) in elements { self[method] = weight }
  }
}

extension ForgeryWeights: Codable {
  /// Reads an object with a weight for each method, by name; omitted methods get 0.
  public init(from decoder: any Decoder) throws {
    for (name, weight) in try [String: Double](from: decoder) {
      guard let method = ForgeryMethod(named: name) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "no method '\(name)'"))
      }
      self[method] = weight
    }
  }

  /// Writes all methods of the table, those of weight 0 too.
  public func encode(to encoder: any Encoder) throws {
    var named = Dictionary(uniqueKeysWithValues: ForgeryMethod.all.map { ($0.name, self[$0]) })
    for (method, weight) in weights { named[method.name] = weight }
    try named.encode(to: encoder)
  }
}
