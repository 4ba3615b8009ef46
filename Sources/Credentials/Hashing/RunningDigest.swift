import Crypto
public import Foundation

/// The SHA-256 of bytes that come in parts.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  /// The hash of nothing yet.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

  /// Adds bytes.
  public mutating func update(_ bytes: Data) { hash.update(data: bytes) }

  /// The 32 bytes of the hash so far.
  public var bytes: [UInt8] { Array(hash.finalize()) }

  /// The same in hexadecimal digits.
  public var digits: String { Hexadecimal.digits(bytes) }
}
