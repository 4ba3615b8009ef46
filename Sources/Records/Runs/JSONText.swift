import Foundation

/// JSON as the lab's files hold it.
public enum JSONText {
  /// Over several lines, the keys in order, with an end of line.
  public static func pretty(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [0x0A]
  }
}
