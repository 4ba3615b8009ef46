public import Foundation

/// JSON in the format of the workspace's files: sorted keys, times in ISO 8601.
public enum JSONText {
  /// Over several lines, with a final line feed.
  public static func pretty(_ value: some Encodable) throws -> [UInt8] {
    [UInt8](try encoder(.prettyPrinted).encode(value)) + [0x0A]
  }

  /// On one line, without a line feed.
  public static func line(_ value: some Encodable) throws -> [UInt8] {
    [UInt8](try encoder([]).encode(value))
  }

  /// Reads a value.
  public static func read<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(type, from: data)
  }

  private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }
}
