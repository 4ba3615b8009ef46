/// A value of an option, which can be written as a word.
public protocol OptionValue: Codable, Equatable, Sendable {
  /// The value that a word stands for; nil if it stands for none.
  static func value(of word: String) -> Self?
  /// The word for it.
  var word: String { get }
  /// What its words are, for a form.
  ///
  /// - Parameters:
  ///   - least: the least valid value; nil for any.
  ///   - greatest: the greatest valid value; nil for any.
  static func kind(least: Double?, greatest: Double?) -> OptionDescription.Kind
  /// What a word must be, to be read after "must be".
  static var demand: String { get }
}

extension OptionValue {
  public static func kind(least: Double?, greatest: Double?) -> OptionDescription.Kind { .text }

  /// Reads a word.
  ///
  /// - Parameter option: the option, for messages.
  static func value(
    _ word: String, of option: String, _ limit: OptionLimit<Self>
  ) throws(RequestFault) -> Self {
    guard let value = value(of: word) else {
      throw RequestFault("\(option) must be \(Self.demand), not '\(word)'.")
    }
    guard limit.holds(value) else {
      throw RequestFault("\(option) must be \(limit.demand), not \(value.word).")
    }
    return value
  }
}

extension OptionValue where Self: LosslessStringConvertible {
  public static func value(of word: String) -> Self? { Self(word) }
  public var word: String { description }
}

extension OptionValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static func value(of word: String) -> Self? { Self(rawValue: word) }
  public var word: String { rawValue }
  public static func kind(least: Double?, greatest: Double?) -> OptionDescription.Kind {
    .oneOf(allCases.map(\.rawValue))
  }
  public static var demand: String { "one of \(allCases.map(\.rawValue).joined(separator: ", "))" }
}

extension String: OptionValue {
  public static var demand: String { "a text" }
}

/// A number as the value of an option.
public protocol OptionNumber: OptionValue, Comparable {
  /// Its value.
  var number: Double { get }
}

extension OptionNumber where Self: BinaryInteger {
  public var number: Double { Double(self) }
  public static func kind(least: Double?, greatest: Double?) -> OptionDescription.Kind {
    .whole(least: least, greatest: greatest)
  }
  public static var demand: String { "an integer" }
}

extension OptionNumber where Self: BinaryFloatingPoint {
  public var number: Double { Double(self) }
  public static func kind(least: Double?, greatest: Double?) -> OptionDescription.Kind {
    .number(least: least, greatest: greatest)
  }
  public static var demand: String { "a number" }
}

extension Int: OptionNumber {}
extension UInt64: OptionNumber {}
extension Float: OptionNumber {}
extension Double: OptionNumber {}

/// Which values of an option are valid.
public struct OptionLimit<Value>: Sendable {
  /// What a valid value is, to be read after "must be".
  let demand: String
  /// The least and the greatest valid value, as far as a form needs to know them.
  let least, greatest: Double?
  let holds: @Sendable (Value) -> Bool

  /// Every value.
  public static var any: OptionLimit {
    OptionLimit(demand: "", least: nil, greatest: nil) { _ in true }
  }
}

extension OptionLimit where Value: OptionNumber {
  /// In a range, with its bounds.
  public static func within(_ range: ClosedRange<Value>) -> OptionLimit {
    OptionLimit(
      demand: "between \(range.lowerBound.word) and \(range.upperBound.word)",
      least: range.lowerBound.number, greatest: range.upperBound.number
    ) { range.contains($0) }
  }

  /// A bound, and above.
  public static func atLeast(_ bound: Value) -> OptionLimit {
    OptionLimit(demand: "at least \(bound.word)", least: bound.number, greatest: nil) {
      $0 >= bound
    }
  }

  /// Above a bound, and finite.
  public static func above(_ bound: Value) -> OptionLimit {
    OptionLimit(demand: "above \(bound.word)", least: bound.number, greatest: nil) {
      $0 > bound && $0.number.isFinite
    }
  }
}
