/// The ranges of all methods' random parameters: the table's, unless changed.
public struct ForgeryStrengths: Sendable {
  private var changed: [ForgeryMethod: any ForgeryAlgorithm] = [:]

  /// The published strengths, where there are published ones.
  public init() {}

  /// How a method forges, with these ranges.
  public subscript(method: ForgeryMethod) -> any ForgeryAlgorithm {
    changed[method] ?? method.algorithm
  }

  /// The same, to change its ranges.
  public subscript<Algorithm: ForgeryAlgorithm>(
    method: ForgeryMethod, as _: Algorithm.Type
  ) -> Algorithm {
    get {
      guard let algorithm = self[method] as? Algorithm else {
        preconditionFailure("'\(method.name)' forges by \(type(of: self[method]))")
      }
      return algorithm
    }
    set { changed[method] = newValue }
  }

  /// Which value is out of range, to be used inside a sentence; nil if none is.
  ///
  /// - Parameter path: the key of the strengths in a recipe.
  public func fault(at path: String) -> String? {
    methods.lazy.compactMap { self[$0].fault(at: "\(path).\($0.name)") }.first
  }

  /// The methods of the table, then others that were changed.
  private var methods: [ForgeryMethod] {
    ForgeryMethod.all
      + changed.keys.filter { !ForgeryMethod.all.contains($0) }.sorted { $0.name < $1.name }
  }
}

extension ForgeryStrengths: Equatable {
  public static func == (one: Self, other: Self) -> Bool {
    Set(one.changed.keys).union(other.changed.keys).allSatisfy { one[$0].isEqual(to: other[$0]) }
  }
}

extension ForgeryAlgorithm {
  fileprivate func isEqual(to other: any ForgeryAlgorithm) -> Bool { self == other as? Self }
}

extension ForgeryStrengths: Codable {
  /// Reads an object with an object for each method, by name; omitted methods keep their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      guard let method = ForgeryMethod(named: key.stringValue) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "no such method")
      }
      changed[method] = try method.algorithm.read(from: container, key)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for method in methods { try container.encode(self[method], forKey: Key(method.name)) }
  }

  /// The name of a method.
  fileprivate struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}

extension ForgeryAlgorithm {
  /// The same algorithm with the strengths of some JSON.
  fileprivate func read(
    from container: KeyedDecodingContainer<ForgeryStrengths.Key>, _ key: ForgeryStrengths.Key
  ) throws -> any ForgeryAlgorithm {
    try container.decode(Self.self, forKey: key)
  }
}
