import Foundation
import X509

/// A certificate for people to read.
public struct CertificateSummary: Codable, Equatable, Sendable {
  /// Distinguished names, such as `CN=Content Credentials,O=Example`.
  public let subject, issuer: String
  /// The period of validity, in ISO 8601.
  public let validFrom, validTo: String
  /// The serial number in hexadecimal digits.
  public let serial: String
  /// The algorithm of the certificate's own signature.
  public let algorithm: String

  init(_ certificate: Certificate) {
    subject = "\(certificate.subject)".shown
    issuer = "\(certificate.issuer)".shown
    validFrom = certificate.notValidBefore.formatted(.iso8601)
    validTo = certificate.notValidAfter.formatted(.iso8601)
    serial = Hexadecimal.digits(certificate.serialNumber.bytes)
    // Such as `SignatureAlgorithm.ecdsaWithSHA256`.
    let words = "\(certificate.signatureAlgorithm)".split(separator: ".")
    algorithm = words.last.map(String.init) ?? ""
  }
}
