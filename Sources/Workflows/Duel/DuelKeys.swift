/// What a row or a column of a duel's matrix is called in files, such as `g1` or `d2`.
///
/// Names are written and read here alone; everything else works with the values.
public protocol DuelKey: Codable, CodingKeyRepresentable, Hashable, Sendable,
  CustomStringConvertible
{
  /// What files call it.
  var name: String { get }
  /// What a name stands for; nil where it stands for nothing.
  init?(_ name: String)
}

/// Who made the fakes of a row of the matrix.
public enum DuelGenerator: DuelKey {
  /// The generators of a round, counted from 1.
  case round(Int)
  /// The controls of a round: trained alike with the adversary off.
  case control(Int)
  /// The forgery method that the reference detector learns.
  case reference
  /// A labeled set that no duel has made.
  case external

  public var name: String {
    switch self {
    case .round(let round): "g\(round)"
    case .control(let round): "c\(round)"
    case .reference: "reference"
    case .external: "external"
    }
  }

  public init?(_ name: String) {
    switch (name, Int(name.dropFirst())) {
    case ("reference", _): self = .reference
    case ("external", _): self = .external
    case (_, let round?) where name.hasPrefix("g"): self = .round(round)
    case (_, let round?) where name.hasPrefix("c"): self = .control(round)
    default: return nil
    }
  }

  /// The generators of a round, and their controls from round 2 on.
  static func all(of round: Int) -> [DuelGenerator] {
    round > 1 ? [.round(round), .control(round)] : [.round(round)]
  }

  /// The title of its row.
  var title: String {
    switch self {
    case .round(let round): "generator \(round)"
    case .control(let round): "control \(round)"
    case .reference: "reference forgery"
    case .external: "external fakes"
    }
  }
}

/// Which detector a column of the matrix is about.
public enum DuelDetector: DuelKey {
  /// The one that learned another forgery in round 1, and never again.
  case reference
  /// The detector of a round, counted from 1.
  case round(Int)

  public var name: String {
    switch self {
    case .reference: "reference"
    case .round(let round): "d\(round)"
    }
  }

  public init?(_ name: String) {
    if name == "reference" {
      self = .reference
    } else if name.hasPrefix("d"), let round = Int(name.dropFirst()) {
      self = .round(round)
    } else {
      return nil
    }
  }
}

/// A cell of the matrix.
public struct DuelCell: Hashable, Sendable {
  public let row: DuelGenerator
  public let column: DuelDetector

  /// What a detector makes of a generator's fakes.
  public init(_ row: DuelGenerator, _ column: DuelDetector) {
    (self.row, self.column) = (row, column)
  }
}

extension DuelKey {
  public var description: String { name }

  public var codingKey: any CodingKey { name.codingKey }

  public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    guard let key = Self(try value.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "no such key")
    }
    self = key
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(name)
  }
}
