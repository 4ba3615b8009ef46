import Foundation

/// Text in the format of forms and queries, `application/x-www-form-urlencoded`.
enum FormText {
  /// The names and values, in order; nil for text that is not in the format.
  ///
  /// - Parameter most: the maximum number of fields.
  static func fields(of text: some StringProtocol, most: Int = 1000) -> [(
    name: String, value: String
  )]? {
    let parts = text.split(separator: "&")
    guard parts.count <= most else { return nil }
    var fields: [(name: String, value: String)] = []
    for part in parts {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(sides[0]), let value = decoded(sides.count > 1 ? sides[1] : "")
      else { return nil }
      fields.append((name, value))
    }
    return fields
  }

  /// A component of a query: plus signs are spaces.
  static func decoded(_ text: some StringProtocol) -> String? {
    component(String(text).replacing("+", with: " "))
  }

  /// A component of a path; nil if it is not valid, or has a NUL character.
  static func component(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The value of a hexadecimal digit.
  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// A component of a path or query, percent-encoded.
  static func encoded(_ text: String) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
