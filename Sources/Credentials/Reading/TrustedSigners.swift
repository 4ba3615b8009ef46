import Crypto
import Foundation
import X509

/// The signers that a reader trusts.
public struct TrustedSigners: Sendable {
  private var certificates: [Certificate] = []
  private var keys: [Certificate.PublicKey] = []

  /// Nobody.
  public init() {}

  /// Also trusts the owners of certificates in PEM, and all whom these authorities certify.
  public mutating func add(pem text: String) throws(CredentialsError) {
    certificates += try CertificateFile.certificates(inPEM: text)
  }

  /// Also trusts the owner of an Ed25519 key.
  public mutating func add(publicKey bytes: some Sequence<UInt8>) {
    if let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Array(bytes)) {
      keys.append(Certificate.PublicKey(key))
    }
  }

  /// Whether a chain, whose links are valid, starts or ends with a trusted certificate.
  func contain(_ chain: [Certificate]) -> Bool {
    guard let leaf = chain.first, let last = chain.last else { return false }
    return keys.contains(leaf.publicKey)
      || certificates.contains { trusted in
        trusted == leaf || chain.dropFirst().contains(trusted)
          || CertificateProfile.isIssued(last, by: trusted)
      }
  }
}
