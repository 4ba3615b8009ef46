public import Credentials

/// What Content Credentials say, in words.
extension CredentialsReport {
  /// The verdict in a sentence.
  public var sentence: String {
    switch verdict {
    case .absent: "The file has no Content Credentials."
    case .valid: "The file is unchanged since a signer signed it whom this workspace trusts."
    case .untrusted:
      "The file is unchanged since it was signed, but this workspace does not know the signer."
    case .tampered: "The file or its credentials were changed after signing."
    case .unreadable: "The file has Content Credentials that cannot be read."
    }
  }

  /// Everything that they say, as names and texts.
  public var details: [(name: String, text: String)] {
    var details: [(name: String, text: String)] = []
    if let sidecar { details.append(("beside", "credentials in '\(sidecar)'")) }
    for (index, certificate) in chain.enumerated() {
      let days = "\(certificate.validFrom.prefix(10)) to \(certificate.validTo.prefix(10))"
      details.append(
        (
          index == 0 ? "signer" : "issuer",
          "\(certificate.subject); \(days)" + (index == 0 ? "; \(algorithm ?? "")" : "")
        ))
    }
    if let last = chain.last, last.issuer != last.subject {
      details.append(("issuer", "\(last.issuer); not included"))
    }
    if let generator { details.append(("program", generator)) }
    for action in actions {
      let term = action.sourceType.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      let parts = [action.action, term, action.program == generator ? nil : action.program]
      details.append(("action", parts.compactMap(\.self).joined(separator: ", ")))
    }
    for ingredient in ingredients {
      let parts = [
        ingredient.title.map { "'\($0)'" }, ingredient.relationship, ingredient.instance,
        ingredient.manifest == nil ? nil : "with credentials of its own",
      ]
      details.append(("source", parts.compactMap(\.self).joined(separator: ", ")))
    }
    if !trainingMining.isEmpty {
      details.append(("training", trainingMining.joined(separator: ", ")))
    }
    return details
  }
}
