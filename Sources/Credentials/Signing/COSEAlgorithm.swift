import Crypto
import Foundation
import X509
import _CryptoExtras

/// The signature algorithms that C2PA allows, with their numbers in COSE.
enum COSEAlgorithm: Int, Sendable {
  case edDSA = -8
  case es256 = -7
  case es384 = -35
  case es512 = -36
  case ps256 = -37
  case ps384 = -38
  case ps512 = -39

  /// The name in what users read.
  var name: String {
    switch self {
    case .edDSA: "EdDSA"
    case .es256: "ES256"
    case .es384: "ES384"
    case .es512: "ES512"
    case .ps256: "PS256"
    case .ps384: "PS384"
    case .ps512: "PS512"
    }
  }

  /// Whether the bytes were signed by the owner of a certificate's key.
  func isSignature(_ signature: [UInt8], of bytes: [UInt8], by key: Certificate.PublicKey) -> Bool {
    switch self {
    case .edDSA:
      Curve25519.Signing.PublicKey(key)?.isValidSignature(signature, for: bytes) ?? false
    case .es256: isElliptic(signature, SHA256.hash(data: bytes), key)
    case .es384: isElliptic(signature, SHA384.hash(data: bytes), key)
    case .es512: isElliptic(signature, SHA512.hash(data: bytes), key)
    case .ps256: isRSA(signature, SHA256.hash(data: bytes), key)
    case .ps384: isRSA(signature, SHA384.hash(data: bytes), key)
    case .ps512: isRSA(signature, SHA512.hash(data: bytes), key)
    }
  }

  private func isElliptic(
    _ bytes: [UInt8], _ digest: some Digest, _ key: Certificate.PublicKey
  ) -> Bool {
    if let key = P256.Signing.PublicKey(key) {
      let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes)
      return signature.map { key.isValidSignature($0, for: digest) } ?? false
    }
    if let key = P384.Signing.PublicKey(key) {
      let signature = try? P384.Signing.ECDSASignature(rawRepresentation: bytes)
      return signature.map { key.isValidSignature($0, for: digest) } ?? false
    }
    if let key = P521.Signing.PublicKey(key) {
      let signature = try? P521.Signing.ECDSASignature(rawRepresentation: bytes)
      return signature.map { key.isValidSignature($0, for: digest) } ?? false
    }
    return false
  }

  private func isRSA(
    _ bytes: [UInt8], _ digest: some Digest, _ key: Certificate.PublicKey
  ) -> Bool {
    let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
    return _RSA.Signing.PublicKey(key)?.isValidSignature(signature, for: digest, padding: .PSS)
      ?? false
  }
}
