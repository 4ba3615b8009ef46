import Crypto
import Foundation
import SwiftASN1
import X509

/// A private key and its certificate chain, which sign Content Credentials.
public struct CredentialsSigner: Sendable {
  let key: SigningKey
  /// The protected head of its signatures.
  let protected: [UInt8]
  private let certificates: [Certificate]

  /// The signer of a key of a workspace's own: an authority and a certificate, both of which follow
  /// from the key alone.
  public init(own key: Ed25519Key) throws {
    let name = Hexadecimal.digits(FileDigest.of(key.publicBytes).prefix(6))
    try self.init(own: key, organization: "dflab workspace \(name)")
  }

  /// A signer for what is made outside of any workspace.
  ///
  /// Its key is in the program's source, so that anybody can sign with it; its certificate says so.
  public static func withoutWorkspace() throws -> CredentialsSigner {
    guard let key = Ed25519Key(FileDigest.of("dflab without a workspace".utf8)) else {
      preconditionFailure("32 bytes are no key")
    }
    return try CredentialsSigner(own: key, organization: "dflab without a workspace")
  }

  private init(own key: Ed25519Key, organization: String) throws {
    let authority = key.derived(for: "dflab certificate authority")
    let root = try OwnCertificate.authority(authority, organization: organization)
    let leaf = try OwnCertificate.signer(
      key, of: authority, named: root.subject, organization: organization)
    try self.init(.ed25519(key), [leaf, root])
  }

  /// The signer of an organization's own key and certificates, both in PEM.
  ///
  /// - Parameter chain: the signer's certificate first, then those that issued it.
  public init(chain: String, key text: String) throws(CredentialsError) {
    guard let key = SigningKey(pem: text) else {
      throw .unusableKey(
        reason: "it is not an unencrypted Ed25519, P-256, P-384 or P-521 private key in PEM format")
    }
    let chain = try CertificateFile.certificates(inPEM: chain)
    guard let leaf = chain.first else {
      throw .unusableCertificate(reason: "it holds no certificate in PEM format")
    }
    guard leaf.publicKey == key.publicKey else {
      throw .unusableKey(reason: "it does not belong to the first certificate")
    }
    if let reason = CertificateProfile.fault(of: leaf) {
      throw .unusableCertificate(reason: reason)
    }
    for (certificate, issuer) in zip(chain, chain.dropFirst())
    where !CertificateProfile.isIssued(certificate, by: issuer) {
      throw .unusableCertificate(
        reason: "the certificate of '\(certificate.subject)' was not issued by the next one")
    }
    do {
      try self.init(key, chain)
    } catch {
      throw .unusableCertificate(reason: "\(error)")
    }
  }

  private init(_ key: SigningKey, _ chain: [Certificate]) throws {
    (self.key, certificates) = (key, chain)
    // Who trusts the root has it already.
    let sent = chain.enumerated().filter { $0 == 0 || $1.subject != $1.issuer }.map(\.1)
    protected = COSESignature.protected(
      key.algorithm, try sent.map(CertificateFile.bytes))
  }

  /// The chain in PEM, the signer's certificate first.
  public var chain: String {
    get throws {
      try certificates.map { try $0.serializeAsPEM().pemString + "\n" }.joined()
    }
  }

  /// The chain for people to read.
  public var summaries: [CertificateSummary] { certificates.map { CertificateSummary($0) } }

  /// The algorithm of its signatures, such as `EdDSA`.
  public var algorithm: String { key.algorithm.name }
}
