/// Why Content Credentials cannot be read, as the end of a sentence.
enum CredentialsFault: Error, Equatable {
  case cbor(String)
  case jumbf(String)
  case container(String)
  case signature(String)
  case certificate(String)
  case claim(String)

  /// What is wrong, as a part of a sentence.
  var text: String {
    switch self {
    case .cbor(let reason): "its CBOR cannot be read: \(reason)"
    case .jumbf(let reason): "its JUMBF boxes cannot be read: \(reason)"
    case .container(let reason): "the file cannot be read: \(reason)"
    case .signature(let reason): "its signature cannot be read: \(reason)"
    case .certificate(let reason): "a certificate cannot be read: \(reason)"
    case .claim(let reason): "its claim cannot be read: \(reason)"
    }
  }
}
