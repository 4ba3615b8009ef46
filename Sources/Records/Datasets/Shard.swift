/// One of N equal parts of a command's work, for processes and machines that share it.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// Which part it is, from 1.
  public let number: Int
  /// The number of parts.
  public let count: Int

  /// The largest number of parts.
  public static let most = 10_000

  /// A shard in words, such as `2/8`; nil for anything else.
  public init?(_ word: String) {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(parts[0]), let count = Int(parts[1]), 1 <= number, number <= count,
      count <= Shard.most
    else { return nil }
    (self.number, self.count) = (number, count)
  }

  public var description: String { "\(number)/\(count)" }

  /// Its part of so many items: consecutive ones, so that the shards in order are the whole.
  public func part(of items: Int) -> Range<Int> {
    items * (number - 1) / count..<items * number / count
  }

  /// What its output is called.
  ///
  /// - Parameter name: the name, or the path, of the whole.
  public func name(of name: String) -> String { "\(name)-\(number)-of-\(count)" }
}

extension Shard: OptionValue {
  public static func value(of word: String) -> Shard? { Shard(word) }
  public var word: String { description }
  public static var demand: String {
    "I/N, with I from 1 to N and N up to \(most), such as 2/8"
  }
}

extension Shard: Codable {
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    guard let shard = Shard(try value.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "not a shard")
    }
    self = shard
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(description)
  }
}
