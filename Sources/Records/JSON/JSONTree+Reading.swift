import Foundation

extension JSONTree {
  /// A value as a tree.
  public init(encoding value: some Encodable) throws {
    self = try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(value))
  }

  /// This object with the members of another; where both have one, the other's counts.
  public func merged(with other: JSONTree) -> JSONTree {
    guard let members, let others = other.members else { return other }
    return .object(members.merging(others) { $1 })
  }

  /// The value of a tree.
  public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: JSONEncoder().encode(self))
  }
}

extension JSONTree {
  /// The members of an object; nil for anything else.
  var members: [String: JSONTree]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// A string; nil for anything else.
  var word: String? {
    if case .word(let word) = self { word } else { nil }
  }

  /// The strings of an array.
  var words: [String] {
    if case .list(let elements) = self { elements.compactMap(\.word) } else { [] }
  }

  /// A value for display; nil for objects and arrays.
  var text: String? {
    switch self {
    case .object, .list: nil
    case .word(let word): word
    case .boolean(let truth): truth ? "yes" : "no"
    case .whole(let whole): "\(whole)"
    case .natural(let natural): "\(natural)"
    case .number(let number): "\(number)"
    case .nothing: "none"
    }
  }

  /// All values by their path, with components separated by dots, sorted; array elements by index.
  var leaves: [(path: String, text: String)] {
    func walk(_ tree: JSONTree, _ path: String) -> [(path: String, text: String)] {
      let inner = path.isEmpty ? "" : "\(path)."
      return switch tree {
      case .object(let members):
        members.sorted { $0.key < $1.key }.flatMap { walk($0.value, inner + $0.key) }
      case .list(let elements):
        elements.enumerated().flatMap { walk($0.element, "\(inner)\($0.offset + 1)") }
      default: [(path, tree.text ?? "")]
      }
    }
    return walk(self, "")
  }
}
