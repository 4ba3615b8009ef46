import Foundation

/// What a workflow reports while it works; each case is one kind of event.
public protocol RunEvent: Codable, Sendable {
  /// The event of a step that this one passes on; nil for an event of the run itself.
  var passedOn: (any RunEvent)? { get }
}

extension RunEvent {
  public var passedOn: (any RunEvent)? { nil }

  /// The event as a JSON object on one line: `event` names the case, its values follow by label.
  ///
  /// A value without a label is called `value`; further ones are numbered, such as `value2`.
  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(tree), as: UTF8.self)
    }
  }

  /// The synthesized encoding of the case, flattened.
  private var tree: JSONTree {
    get throws {
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      let whole = try JSONDecoder().decode(JSONTree.self, from: encoder.encode(self))
      guard let (name, value) = whole.members?.first, let values = value.members else {
        return whole
      }
      var members: [String: JSONTree] = ["event": .word(name)]
      for (label, value) in values {
        let number = label.hasPrefix("_") ? Int(label.dropFirst()) : nil
        members[number.map { $0 == 0 ? "value" : "value\($0 + 1)" } ?? label] = value
      }
      if let passedOn { members["value"] = try passedOn.tree }
      return .object(members)
    }
  }
}
