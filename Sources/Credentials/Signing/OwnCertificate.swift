import Crypto
import Foundation
import SwiftASN1
import X509

/// The certificates of a workspace's own key: they follow from the key, so that any process makes
/// the same ones.
enum OwnCertificate {
  /// The first and the last moment of validity: the years 2025 to 2124.
  private static let validity = (
    Date(timeIntervalSince1970: 1_735_689_600), Date(timeIntervalSince1970: 4_891_363_199)
  )

  /// The self-signed certificate of the authority.
  static func authority(_ key: Ed25519Key, organization: String) throws -> Certificate {
    let name = try DistinguishedName {
      OrganizationName(organization)
      CommonName("Certificate authority")
    }
    return try Certificate(
      version: .v3, serialNumber: serial(of: key), publicKey: .init(key.key.publicKey),
      notValidBefore: validity.0, notValidAfter: validity.1, issuer: name, subject: name,
      signatureAlgorithm: .ed25519,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true))
        SubjectKeyIdentifier(keyIdentifier: identifier(of: key))
      }, issuerPrivateKey: .init(key.key))
  }

  /// The certificate of the key that signs.
  static func signer(
    _ key: Ed25519Key, of authority: Ed25519Key, named issuer: DistinguishedName,
    organization: String
  ) throws -> Certificate {
    try Certificate(
      version: .v3, serialNumber: serial(of: key), publicKey: .init(key.key.publicKey),
      notValidBefore: validity.0, notValidAfter: validity.1, issuer: issuer,
      subject: try DistinguishedName {
        OrganizationName(organization)
        CommonName("Content Credentials")
      }, signatureAlgorithm: .ed25519,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.emailProtection])
        AuthorityKeyIdentifier(keyIdentifier: identifier(of: authority))
      }, issuerPrivateKey: .init(authority.key))
  }

  private static func serial(of key: Ed25519Key) -> Certificate.SerialNumber {
    let bytes = FileDigest.of(Array("serial".utf8) + key.publicBytes)
    return Certificate.SerialNumber(bytes: [bytes[0] & 0x3F | 0x40] + bytes[1..<8])
  }

  /// The first 160 bits of the key's SHA-256 (RFC 7093).
  private static func identifier(of key: Ed25519Key) -> ArraySlice<UInt8> {
    FileDigest.of(key.publicBytes).prefix(20)
  }
}
