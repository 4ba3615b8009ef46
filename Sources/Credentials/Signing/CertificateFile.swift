import Foundation
import SwiftASN1
import X509

/// Certificates as files hold them.
enum CertificateFile {
  /// The longest file in bytes, and the longest certificate.
  static let largest = 1 << 20

  /// The certificates of a PEM file, in order.
  static func certificates(inPEM text: String) throws(CredentialsError) -> [Certificate] {
    guard text.utf8.count <= largest else {
      throw .unusableCertificate(reason: "the file is larger than 1 MB")
    }
    do {
      return try PEMDocument.parseMultiple(pemString: text)
        .filter { $0.discriminator == "CERTIFICATE" }
        .map { try Certificate(derEncoded: $0.derBytes) }
    } catch {
      throw .unusableCertificate(reason: "it is not in PEM format, or damaged")
    }
  }

  /// A certificate in DER.
  static func bytes(_ certificate: Certificate) throws -> [UInt8] {
    var serializer = DER.Serializer()
    try serializer.serialize(certificate)
    return serializer.serializedBytes
  }

  /// The certificate of bytes in DER.
  static func certificate(_ bytes: [UInt8]) throws(CredentialsFault) -> Certificate {
    guard bytes.count <= largest else { throw .certificate("it is too large") }
    do {
      return try Certificate(derEncoded: bytes)
    } catch {
      throw .certificate("it is not X.509 in DER")
    }
  }
}
