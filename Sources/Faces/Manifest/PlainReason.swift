public import Foundation

extension NSError {
  /// The system's message, short enough for the middle of a sentence.
  public var plainReason: String {
    let cause = userInfo[NSUnderlyingErrorKey] as? NSError ?? self
    let text = cause.localizedDescription.split(separator: ". ").last.map(String.init) ?? ""
    return text.prefix(1).lowercased() + text.dropFirst().trimmingCharacters(in: ["."])
  }
}

extension DecodingError {
  /// The problem with a line of JSON, in words for the user.
  public var plainReason: String {
    switch self {
    case .keyNotFound(let key, let context):
      "'\((context.codingPath + [key]).plainPath)' is missing"
    case .typeMismatch(_, let context) where context.codingPath.isEmpty:
      "not a JSON object"
    case .valueNotFound(_, let context), .typeMismatch(_, let context):
      "'\(context.codingPath.plainPath)' has the wrong type"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      "invalid JSON"
    case .dataCorrupted(let context):
      "'\(context.codingPath.plainPath)' has an invalid value"
    @unknown default: "invalid JSON"
    }
  }
}

extension [any CodingKey] {
  /// The keys in dotted notation: `scene.pose.yaw`.
  fileprivate var plainPath: String {
    map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
