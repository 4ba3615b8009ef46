import Credentials

/// The SHA-256 of bytes that come in parts.
public struct RunningHash: Sendable {
  private var digest = RunningDigest()

  /// The hash of nothing yet.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { digest.update(bytes) }

  /// The 32 bytes of the hash so far.
  public var bytes: [UInt8] { digest.bytes }

  /// The same in hexadecimal digits.
  public var digits: String { digest.digits }
}
