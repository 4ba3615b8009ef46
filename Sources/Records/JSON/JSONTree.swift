import Faces
import Foundation

/// A JSON value, with exact integers.
public enum JSONTree: Codable, Equatable, Sendable {
  case object([String: JSONTree])
  case list([JSONTree])
  case word(String)
  case boolean(Bool)
  case whole(Int)
  case natural(UInt64)
  case number(Double)
  case nothing

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .nothing
    } else if let truth = try? value.decode(Bool.self) {
      self = .boolean(truth)
    } else if let whole = try? value.decode(Int.self) {
      self = .whole(whole)
    } else if let natural = try? value.decode(UInt64.self) {
      self = .natural(natural)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let word = try? value.decode(String.self) {
      self = .word(word)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONTree].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .object(let members): try value.encode(members)
    case .list(let elements): try value.encode(elements)
    case .word(let word): try value.encode(word)
    case .boolean(let truth): try value.encode(truth)
    case .whole(let whole): try value.encode(whole)
    case .natural(let natural): try value.encode(natural)
    case .number(let number): try value.encode(number)
    case .nothing: try value.encodeNil()
    }
  }

  /// The first number that is far from its counterpart in `usual`, phrased for the middle of a
  /// sentence.
  ///
  /// Arrays must keep at least one element; in them, and where `usual` has `least` or `greatest`,
  /// positive numbers must stay positive, because random values may be divided by them.
  func excess(over usual: JSONTree, at path: String, mayBeZero: Bool = true) -> String? {
    switch (self, usual) {
    case (.object(let members), .object(let others)):
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        guard let other = others[key] else { continue }
        let isBound = key == "least" || key == "greatest"
        if let excess = value.excess(over: other, at: "\(path).\(key)", mayBeZero: !isBound) {
          return excess
        }
      }
      return nil
    case (.list(let elements), .list(let others)):
      guard !elements.isEmpty || others.isEmpty else { return "'\(path)' must not be empty" }
      guard let other = others.first else { return nil }
      return elements.lazy.compactMap { $0.excess(over: other, at: path, mayBeZero: false) }.first
    default:
      guard let own = value, let other = usual.value, other > 0 else { return nil }
      let least = mayBeZero ? 0 : other / 100
      return (least...other * 100).contains(own)
        ? nil : "'\(path)' must be between \(least) and \(other * 100), not \(own)"
    }
  }

  private var value: Double? {
    switch self {
    case .whole(let whole): Double(whole)
    case .natural(let natural): Double(natural)
    case .number(let number): number
    default: nil
    }
  }

  /// This value with the members of `other` replacing its own; unknown keys are refused, except in
  /// an empty object.
  ///
  /// - Parameter path: the position of this value, for error messages.
  func overlaid(with other: JSONTree, at path: String = "") throws(RecipeFault) -> JSONTree {
    guard case .object(var members) = self, case .object(let others) = other, !members.isEmpty
    else { return other }
    for (key, value) in others.sorted(by: { $0.key < $1.key }) {
      guard let own = members[key] else {
        throw RecipeFault(unknown: key, at: path, among: members.keys.sorted())
      }
      members[key] = try own.overlaid(with: value, at: "\(path)\(key).")
    }
    return .object(members)
  }
}

extension JSONTree {
  /// A strength that is far from the default, phrased for the middle of a sentence.
  public static func excess<Value: Codable>(of strengths: Value, over usual: Value) -> String? {
    func tree(_ value: Value) -> JSONTree? {
      (try? JSONEncoder().encode(value)).flatMap {
        try? JSONDecoder().decode(JSONTree.self, from: $0)
      }
    }
    guard let own = tree(strengths), let other = tree(usual) else { return nil }
    return own.excess(over: other, at: "strengths")
  }

  /// Decodes JSON over the defaults in `usual`; unknown keys are refused.
  static func reading<Value: Codable>(
    _ data: Data, over usual: Value
  ) throws(RecipeFault) -> Value {
    do {
      let known = try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(usual))
      let given = try JSONDecoder().decode(JSONTree.self, from: data)
      guard case .object = given else { throw RecipeFault(reason: "not a JSON object") }
      return try decoded(known, with: given)
    } catch let fault as RecipeFault {
      throw fault
    } catch {
      let reason = (error as? DecodingError)?.plainReason
      throw RecipeFault(reason: reason ?? "invalid JSON")
    }
  }

  /// Decodes defaults with changes.
  ///
  /// If a number does not fit its type, the decoder names no key: then each change is tried alone.
  private static func decoded<Value: Decodable>(_ known: JSONTree, with given: JSONTree) throws
    -> Value
  {
    func value(with changes: JSONTree) throws -> Value {
      try JSONDecoder().decode(
        Value.self, from: JSONEncoder().encode(known.overlaid(with: changes)))
    }
    do {
      return try value(with: given)
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      let culprit = given.changes.first { (try? value(with: $0.change)) == nil }
      throw RecipeFault(
        reason:
          "\(culprit.map { "'\($0.path)'" } ?? "a number") is too large, negative, or not an integer"
      )
    }
  }

  /// Each member that is not an object, alone in its enclosing objects, with its path.
  private var changes: [(path: String, change: JSONTree)] {
    guard case .object(let members) = self else { return [] }
    return members.sorted { $0.key < $1.key }.flatMap { key, value in
      guard case .object = value else {
        return [(path: key, change: JSONTree.object([key: value]))]
      }
      return value.changes.map { ("\(key).\($0.path)", .object([key: $0.change])) }
    }
  }
}
