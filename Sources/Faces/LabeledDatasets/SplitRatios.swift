/// The share of each split, in percent.
public struct SplitRatios: Codable, Equatable, Sendable, CustomStringConvertible {
  /// The three shares; they sum to 100.
  public let training, validation, test: Int

  /// The default.
  public static let usual = SplitRatios(70, 15, 15)

  private init(_ training: Int, _ validation: Int, _ test: Int) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// Parses a text such as `70/15/15`; nil if it is invalid.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard parts.count == 3, parts.allSatisfy({ (0...100).contains($0) }),
      parts.reduce(0, +) == 100
    else { return nil }
    self.init(parts[0], parts[1], parts[2])
  }

  /// The text that `init(_:)` parses.
  public var description: String { "\(training)/\(validation)/\(test)" }

  /// The share of a split, 0…1.
  public subscript(split: Split) -> Double {
    switch split {
    case .training: Double(training) / 100
    case .validation: Double(validation) / 100
    case .test: Double(test) / 100
    }
  }

  /// The splits with a share above 0.
  public var splits: [Split] { Split.allCases.filter { self[$0] > 0 } }

  /// The same shares without some splits, rescaled to 100; nil if nothing is left.
  func without(_ others: Set<Split>) -> SplitRatios? {
    let left = Split.allCases.map { others.contains($0) ? 0 : self[$0] }
    let sum = left.reduce(0, +)
    guard sum > 0 else { return nil }
    let percent = left.map { Int(($0 / sum * 100).rounded()) }
    return SplitRatios(100 - percent[1] - percent[2], percent[1], percent[2])
  }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    guard let shares = SplitRatios(try value.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "no shares of 100")
    }
    self = shares
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(description)
  }
}
