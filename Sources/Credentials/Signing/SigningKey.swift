import Crypto
import Foundation
import X509

/// A private key that signs claims.
enum SigningKey: Sendable {
  case ed25519(Ed25519Key)
  case p256(P256.Signing.PrivateKey)
  case p384(P384.Signing.PrivateKey)
  case p521(P521.Signing.PrivateKey)

  /// The key of a PEM file; nil for other kinds.
  init?(pem text: String) {
    if let key = SigningKey.ed25519(inPEM: text) {
      self = .ed25519(key)
    } else if let key = try? P256.Signing.PrivateKey(pemRepresentation: text) {
      self = .p256(key)
    } else if let key = try? P384.Signing.PrivateKey(pemRepresentation: text) {
      self = .p384(key)
    } else if let key = try? P521.Signing.PrivateKey(pemRepresentation: text) {
      self = .p521(key)
    } else {
      return nil
    }
  }

  var algorithm: COSEAlgorithm {
    switch self {
    case .ed25519: .edDSA
    case .p256: .es256
    case .p384: .es384
    case .p521: .es512
    }
  }

  var publicKey: Certificate.PublicKey {
    switch self {
    case .ed25519(let key): Certificate.PublicKey(key.key.publicKey)
    case .p256(let key): Certificate.PublicKey(key.publicKey)
    case .p384(let key): Certificate.PublicKey(key.publicKey)
    case .p521(let key): Certificate.PublicKey(key.publicKey)
    }
  }

  /// The number of bytes of a signature.
  var signatureSize: Int {
    switch self {
    case .ed25519, .p256: 64
    case .p384: 96
    case .p521: 132
    }
  }

  /// A signature as COSE has it (RFC 9053); the same each time for Ed25519 alone.
  func signature(of bytes: [UInt8]) throws -> [UInt8] {
    switch self {
    case .ed25519(let key): try key.signature(of: bytes)
    case .p256(let key): Array(try key.signature(for: bytes).rawRepresentation)
    case .p384(let key): Array(try key.signature(for: bytes).rawRepresentation)
    case .p521(let key): Array(try key.signature(for: bytes).rawRepresentation)
    }
  }

  /// The start of a private key in PKCS #8 (RFC 8410), which 32 bytes follow.
  private static let ed25519Head: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  private static func ed25519(inPEM text: String) -> Ed25519Key? {
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.first == "-----BEGIN PRIVATE KEY-----" else { return nil }
    let body = lines.dropFirst().prefix { !$0.hasPrefix("-----") }.joined()
    guard let bytes = Data(base64Encoded: body), bytes.starts(with: ed25519Head) else { return nil }
    return Ed25519Key(bytes.dropFirst(ed25519Head.count).prefix(32))
  }
}
