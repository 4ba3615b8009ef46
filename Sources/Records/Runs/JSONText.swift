import Foundation

/// JSON in the format of the workspace's files.
public enum JSONText {
  /// Over several lines with sorted keys and a final line feed.
  public static func pretty(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [0x0A]
  }
}
