import Foundation
import SwiftASN1
import X509

/// What C2PA asks of a signer's certificate (C2PA 2.2, section 14.5.1).
enum CertificateProfile {
  /// Purposes (extended key usages) of which a signer's certificate must have one: protection of
  /// email, signing of documents, and C2PA's own.
  private static let purposes: [ASN1ObjectIdentifier] = [
    [1, 3, 6, 1, 5, 5, 7, 3, 4], [1, 3, 6, 1, 5, 5, 7, 3, 36], [1, 3, 6, 1, 4, 1, 62558, 2, 1],
  ]

  /// Why a certificate cannot sign Content Credentials, as a part of a sentence; nil if it can.
  ///
  /// - Parameter date: when it must be valid; nil skips this.
  static func fault(of certificate: Certificate, at date: Date? = Date()) -> String? {
    let extensions = certificate.extensions
    guard certificate.version == .v3 else { return "the certificate is not of version 3" }
    if let date, date < certificate.notValidBefore {
      return "the certificate is not valid yet"
    }
    if let date, date > certificate.notValidAfter { return "the certificate has expired" }
    if case .isCertificateAuthority = try? extensions.basicConstraints {
      return "the first certificate is that of an authority, not of a signer"
    }
    guard (try? extensions.keyUsage)?.digitalSignature == true else {
      return "the certificate's key usage lacks 'digitalSignature'"
    }
    let uses = (try? extensions.extendedKeyUsage)?.map { ASN1ObjectIdentifier($0) } ?? []
    guard uses.contains(where: purposes.contains) else {
      return "the certificate's extended key usage lacks 'emailProtection' or document signing"
    }
    guard (try? extensions.authorityKeyIdentifier) != nil else {
      return "the certificate lacks an authority key identifier"
    }
    return nil
  }

  /// Whether a certificate was signed by another one, which is that of an authority.
  static func isIssued(_ certificate: Certificate, by issuer: Certificate) -> Bool {
    guard certificate.issuer == issuer.subject,
      case .isCertificateAuthority = try? issuer.extensions.basicConstraints
    else { return false }
    return issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
  }
}
