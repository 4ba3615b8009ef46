extension JSONTree {
  /// What an object holds; nil for anything else.
  var members: [String: JSONTree]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// A text; nil for anything else.
  var word: String? {
    if case .word(let word) = self { word } else { nil }
  }

  /// The texts of a list.
  var words: [String] {
    if case .list(let elements) = self { elements.compactMap(\.word) } else { [] }
  }

  /// A value as people read it; nil for objects and lists.
  var text: String? {
    switch self {
    case .object, .list: nil
    case .word(let word): word
    case .truth(let truth): truth ? "yes" : "no"
    case .whole(let whole): "\(whole)"
    case .natural(let natural): "\(natural)"
    case .number(let number): "\(number)"
    case .nothing: "none"
    }
  }

  /// Every value by its path, the parts after dots, in order; elements of lists by their number.
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
