/// A value of a parameter: what Optuna allows as a choice.
public enum SearchValue: Codable, Hashable, Sendable {
  case truth(Bool)
  case whole(Int)
  case number(Double)
  case word(String)
  case nothing

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .nothing
    } else if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let whole = try? value.decode(Int.self) {
      self = .whole(whole)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .word(try value.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .truth(let truth): try value.encode(truth)
    case .whole(let whole): try value.encode(whole)
    case .number(let number): try value.encode(number)
    case .word(let word): try value.encode(word)
    case .nothing: try value.encodeNil()
    }
  }

  /// The number; nil for what is none.
  public var number: Double? {
    switch self {
    case .whole(let whole): Double(whole)
    case .number(let number): number
    case .truth, .word, .nothing: nil
    }
  }

  /// The value for display, with at most four significant digits.
  public var text: String {
    switch self {
    case .truth(let truth): truth ? "yes" : "no"
    case .whole(let whole): "\(whole)"
    case .number(let number): SearchValue.short(number)
    case .word(let word): word
    case .nothing: "none"
    }
  }

  /// A number with four significant digits.
  private static func short(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return "\(number)" }
    // Reading the digits back rounds to the nearest decimal number.
    var (scaled, power) = (abs(number), 0)
    while scaled >= 10 { (scaled, power) = (scaled / 10, power + 1) }
    while scaled < 1 { (scaled, power) = (scaled * 10, power - 1) }
    let digits = Int((scaled * 1000).rounded())
    let rounded = Double("\(number < 0 ? "-" : "")\(digits)e\(power - 3)")
    return "\(rounded ?? number)"
  }
}

extension SearchValue: CustomStringConvertible {
  public var description: String { text }
}
