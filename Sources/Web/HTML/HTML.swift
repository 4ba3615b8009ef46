/// HTML text; what is interpolated into it is escaped, unless it is HTML itself.
struct HTML: Equatable, Sendable, ExpressibleByStringInterpolation {
  /// The text, ready to be sent.
  private(set) var text: String

  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation parts: StringInterpolation) { text = parts.text }

  /// Parts, one after the other.
  init(_ parts: some Sequence<HTML>) { text = parts.map(\.text).joined(separator: "\n") }

  /// Text that is HTML already, such as a chart of a report.
  init(trusted text: String) { self.text = text }

  /// Without anything.
  static let none = HTML(trusted: "")

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ html: HTML) { text += html.text }
    mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }
    mutating func appendInterpolation(_ parts: [HTML]) { text += HTML(parts).text }
    mutating func appendInterpolation(_ plain: String) { text += HTML.escaped(plain) }
    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
  }

  /// A text as the content of an element, or as the value of a quoted attribute.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
