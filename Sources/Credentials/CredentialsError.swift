/// What can go wrong with keys and certificates, and with files that are to get credentials.
public enum CredentialsError: Error, Equatable, CustomStringConvertible {
  case unusableKey(reason: String)
  case unusableCertificate(reason: String)
  case unsignable(reason: String)

  /// What is wrong, as a part of a sentence.
  public var reason: String {
    switch self {
    case .unusableKey(let reason), .unusableCertificate(let reason), .unsignable(let reason): reason
    }
  }

  public var description: String {
    switch self {
    case .unusableKey(let reason): "The private key cannot be used: \(reason)."
    case .unusableCertificate(let reason): "The certificate chain cannot be used: \(reason)."
    case .unsignable(let reason): "Content Credentials cannot be written: \(reason)."
    }
  }
}
