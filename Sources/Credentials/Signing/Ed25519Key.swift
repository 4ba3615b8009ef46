import Crypto
import Foundation

/// An Ed25519 key (RFC 8032), whose signatures are always the same.
public struct Ed25519Key: Sendable {
  let key: Curve25519.Signing.PrivateKey

  /// A new random key.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// The key with these 32 bytes; nil for other numbers of bytes.
  public init?(_ bytes: some Sequence<UInt8>) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(bytes)) else {
      return nil
    }
    self.key = key
  }

  /// The 32 bytes of the private key.
  public var bytes: [UInt8] { Array(key.rawRepresentation) }

  /// The 32 bytes of the public key.
  public var publicBytes: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// The 64 bytes of a signature.
  public func signature(of bytes: some Sequence<UInt8>) throws -> [UInt8] {
    Array(try key.signature(for: Array(bytes)))
  }

  /// Whether the bytes were signed by the owner of a public key.
  public static func isSignature(
    _ signature: some Sequence<UInt8>, of bytes: some Sequence<UInt8>,
    by publicBytes: some Sequence<UInt8>
  ) -> Bool {
    let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Array(publicBytes))
    return key?.isValidSignature(Array(signature), for: Array(bytes)) ?? false
  }

  /// A key that follows from this one, for a purpose.
  func derived(for purpose: String) -> Ed25519Key {
    let seed = FileDigest.of(Array(purpose.utf8) + bytes)
    guard let derived = Ed25519Key(seed) else { preconditionFailure("32 bytes are no key") }
    return derived
  }
}
