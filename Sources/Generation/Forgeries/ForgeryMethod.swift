/// A forgery method: a row of the table `ForgeryMethod.all`.
///
/// Methods are equal if their names are.
public struct ForgeryMethod: Sendable {
  /// Its name in recipes, manifests and options.
  public let name: String
  /// Its default weight in a recipe, relative to the other methods.
  public let weight: Double
  /// What it requires of a face.
  public let needs: Needs
  /// Whether its forgeries include the blending boundary.
  public let keepsBoundary: Bool
  /// How it forges, with the default ranges of its random parameters.
  public let algorithm: any ForgeryAlgorithm
  /// What it makes: a phrase for help and documents.
  public let summary: String
  /// The publication; nil if there is none.
  public let source: String?

  /// A row of the table.
  public init(
    _ name: String, _ algorithm: any ForgeryAlgorithm, weight: Double, needs: Needs = [],
    keepsBoundary: Bool = false, summary: String, source: String? = nil
  ) {
    (self.name, self.algorithm, self.weight) = (name, algorithm, weight)
    (self.needs, self.keepsBoundary) = (needs, keepsBoundary)
    (self.summary, self.source) = (summary, source)
  }

  /// What a method may require of a face.
  public struct Needs: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The face's 68 landmarks.
    public static let landmarks = Needs(rawValue: 1)
    /// A swap model of the face's identity.
    public static let model = Needs(rawValue: 2)
    /// A real face of another identity in the same split, with landmarks.
    public static let donor = Needs(rawValue: 4)
  }
}

extension ForgeryMethod: Hashable, CustomStringConvertible {
  public var description: String { name }

  public static func == (one: Self, other: Self) -> Bool { one.name == other.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ForgeryMethod: Codable {
  /// The method of this name in the table; nil if there is none.
  public init?(named name: String) {
    guard let method = ForgeryMethod.all.first(where: { $0.name == name }) else { return nil }
    self = method
  }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    guard let method = ForgeryMethod(named: try value.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "no such method")
    }
    self = method
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(name)
  }
}
