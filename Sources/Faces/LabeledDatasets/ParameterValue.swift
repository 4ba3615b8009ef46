/// The value of a method's parameter: a number, a string or a Boolean.
public enum ParameterValue: Codable, Hashable, Sendable {
  case number(Double)
  case word(String)
  case boolean(Bool)

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let truth = try? value.decode(Bool.self) {
      self = .boolean(truth)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .word(try value.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .number(let number): try value.encode(number)
    case .word(let word): try value.encode(word)
    case .boolean(let truth): try value.encode(truth)
    }
  }
}
