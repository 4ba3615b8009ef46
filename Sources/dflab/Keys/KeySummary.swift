import Credentials

/// A workspace's certificates, as the commands show them.
struct KeySummary: Encodable {
  /// The algorithm of signatures.
  let algorithm: String
  /// The signer's certificate, then those that issued it.
  let chain: [CertificateSummary]
  /// The file that the chain was written to.
  let file: String?

  init(_ signer: CredentialsSigner, file: String?) {
    (algorithm, chain, self.file) = (signer.algorithm, signer.summaries, file)
  }

  var lines: [String] {
    chain.enumerated().map { index, certificate in
      let name = index == 0 ? "signer    " : "issuer    "
      return name + "\(certificate.subject); \(certificate.validFrom.prefix(10)) to "
        + "\(certificate.validTo.prefix(10))" + (index == 0 ? "; \(algorithm)" : "")
    }
  }
}
