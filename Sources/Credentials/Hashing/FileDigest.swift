import Crypto
public import Foundation

/// The SHA-256 of bytes and files.
public enum FileDigest {
  /// The 32 bytes of the hash.
  public static func of(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    Array(SHA256.hash(data: Array(bytes)))
  }

  /// The hash in hexadecimal digits.
  public static func digits(of bytes: some Sequence<UInt8>) -> String {
    Hexadecimal.digits(of(bytes))
  }

  /// The hash of an open file from its current position on, in hexadecimal digits; read in chunks.
  public static func digits(of file: FileHandle) throws -> String {
    var hash = RunningDigest()
    while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { hash.update(part) }
    return hash.digits
  }
}
