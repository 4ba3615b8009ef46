import Foundation
import X509

/// Whether a manifest holds by itself: its claim's signature, its assertions' hashes, and those of
/// the manifests that it refers to.
struct ManifestCheck {
  private let manifest: ManifestStore.Manifest
  private let store: ManifestStore
  private let claim: CBOR
  private let claimBytes: ArraySlice<UInt8>
  private let signature: COSESignature
  private let algorithm: HashAlgorithm

  /// How many actions of an assertion are shown.
  private static let mostShown = 100
  /// The most references of a claim.
  private static let mostReferences = 10_000

  init(_ manifest: ManifestStore.Manifest, in store: ManifestStore) throws(CredentialsFault) {
    (self.manifest, self.store) = (manifest, store)
    guard let bytes = manifest.claimBox?.payload("cbor") else { throw .claim("it is missing") }
    claimBytes = bytes
    claim = try CBORReader.value(of: bytes)
    guard case .map = claim else { throw .claim("it is not a map") }
    guard let signed = manifest.signatureBox?.payload("cbor") else {
      throw .signature("it is missing")
    }
    signature = try COSESignature(signed)
    guard let algorithm = HashAlgorithm(rawValue: claim["alg"]?.text ?? "sha256") else {
      throw .claim("its hash algorithm is unknown")
    }
    self.algorithm = algorithm
  }

  /// What the manifest says, and whether it holds.
  func report(trusting signers: TrustedSigners) throws(CredentialsFault) -> CredentialsReport {
    var report = CredentialsReport(.untrusted)
    report.manifest = manifest.label.shown
    report.algorithm = signature.algorithm.name
    report.title = claim["dc:title"]?.text?.shown
    let generator = claim["claim_generator_info"]
    report.generator =
      ManifestCheck.program(generator?.array?.first ?? generator)
      ?? claim["claim_generator"]?.text?.shown
    var chain: [Certificate] = []
    for bytes in signature.chain { chain.append(try CertificateFile.certificate(bytes)) }
    report.chain = chain.map { CertificateSummary($0) }
    let faults = signatureFaults(chain) + (try assertionFaults())
    try describe(in: &report)
    report.faults = faults + report.faults
    if !report.faults.isEmpty {
      report.verdict = .tampered
      return report
    }
    let links = zip(chain, chain.dropFirst())
    if let reason = CertificateProfile.fault(of: chain[0]) {
      report.remarks.append(
        "The signer cannot be trusted: \(reason)."
          + (signature.isTimeStamped ? " Its time stamp was not checked." : ""))
    } else if links.contains(where: { !CertificateProfile.isIssued($0, by: $1) }) {
      report.remarks.append(
        "The signer cannot be trusted: a certificate was not issued by the next.")
    } else if signers.contain(chain) {
      report.verdict = .valid
    }
    return report
  }

  private func signatureFaults(_ chain: [Certificate]) -> [String] {
    let bytes = signature.signedBytes(of: claimBytes)
    // The claim names its signature, and so its manifest.
    let named = claim["signature"]?.text
    let names = ["", "/c2pa/\(manifest.label)/"].map { "self#jumbf=\($0)c2pa.signature" }
    guard let named, names.contains(named) else {
      return ["The claim belongs to another manifest."]
    }
    let isSound = signature.algorithm.isSignature(
      signature.signature, of: bytes, by: chain[0].publicKey)
    return isSound ? [] : ["The claim was changed after signing, or its signature is wrong."]
  }

  /// The references to assertions, each once.
  private func references() throws(CredentialsFault) -> [CBOR] {
    let lists = ["assertions", "created_assertions", "gathered_assertions"]
    let references = lists.flatMap { claim[$0]?.array ?? [] }
    guard !references.isEmpty else { throw .claim("it refers to no assertion") }
    guard references.count <= ManifestCheck.mostReferences else {
      throw .claim("it refers to too many assertions")
    }
    return references
  }

  private func assertionFaults() throws(CredentialsFault) -> [String] {
    var faults: [String] = []
    var left = manifest.assertions.map(\.label)
    guard Set(left).count == left.count else { throw .claim("two assertions have one label") }
    for reference in try references() {
      guard let uri = reference["url"]?.text, let hash = reference["hash"]?.bytes else {
        throw .claim("a reference is damaged")
      }
      let name = uri.split(separator: "/").last.map(String.init) ?? uri
      let named = reference["alg"]?.text.map { HashAlgorithm(rawValue: $0) } ?? algorithm
      guard let named else { throw .claim("the hash algorithm of '\(name.shown)' is unknown") }
      guard let box = manifest.assertions.first(where: { $0.label == name }) else {
        if !isRedacted(name) { faults.append("The assertion '\(name.shown)' is missing.") }
        continue
      }
      left.removeAll { $0 == name }
      if named.hash(box.body) != hash {
        faults.append("The assertion '\(name.shown)' was changed.")
      }
    }
    return faults + left.map { "The assertion '\($0.shown)' is not part of the claim." }
  }

  /// Whether a later manifest says that it removed an assertion.
  private func isRedacted(_ name: String) -> Bool {
    store.manifests.contains { other in
      guard other.label != manifest.label, let bytes = other.claimBox?.payload("cbor"),
        let claim = try? CBORReader.value(of: bytes)
      else { return false }
      return claim["redacted_assertions"]?.array?.contains { uri in
        uri.text?.contains(manifest.label) == true && uri.text?.hasSuffix("/\(name)") == true
      } ?? false
    }
  }

  /// Reads what the assertions say.
  private func describe(in report: inout CredentialsReport) throws(CredentialsFault) {
    for box in manifest.assertions {
      let name = box.label
      guard let bytes = box.payload("cbor") else { continue }
      if name.hasPrefix("c2pa.actions") {
        let value = try CBORReader.value(of: bytes)
        for action in (value["actions"]?.array ?? []).prefix(ManifestCheck.mostShown) {
          let agent = action["softwareAgent"]
          report.actions.append(
            .init(
              action: action["action"]?.text?.shown ?? "",
              sourceType: action["digitalSourceType"]?.text?.shown,
              program: agent?.text?.shown ?? ManifestCheck.program(agent)))
        }
      } else if name.hasPrefix("c2pa.ingredient") {
        try describe(ingredient: try CBORReader.value(of: bytes), in: &report)
      } else if name.hasSuffix(".training-mining") {
        guard case .map(let entries)? = try CBORReader.value(of: bytes)["entries"] else { continue }
        report.trainingMining += entries.compactMap { entry in
          guard let key = entry.key.text, let use = entry.value["use"]?.text else { return nil }
          return "\(key): \(use)".shown
        }
      }
    }
  }

  private func describe(
    ingredient value: CBOR, in report: inout CredentialsReport
  ) throws(CredentialsFault) {
    let reference = value["activeManifest"] ?? value["c2pa_manifest"]
    let label = reference?["url"]?.text?.split(separator: "/").last.map(String.init)
    report.ingredients.append(
      .init(
        title: value["dc:title"]?.text?.shown, format: value["dc:format"]?.text?.shown,
        relationship: value["relationship"]?.text?.shown,
        instance: value["instanceID"]?.text?.shown, manifest: label?.shown))
    guard let label, let reference else { return }
    let title = (value["dc:title"]?.text ?? label).shown
    guard let kept = store.manifest(labeled: label) else {
      report.faults.append("The credentials of the ingredient '\(title)' are missing.")
      return
    }
    let named = reference["alg"]?.text.map { HashAlgorithm(rawValue: $0) } ?? algorithm
    guard named?.hash(kept.box.body) != reference["hash"]?.bytes else { return }
    let sentence = "The credentials of the ingredient '\(title)' were changed."
    // Who removes an assertion of an ingredient says so.
    if claim["redacted_assertions"]?.array?.isEmpty ?? true {
      report.faults.append(sentence)
    } else {
      report.remarks.append(sentence)
    }
  }

  /// A program's name and version.
  private static func program(_ value: CBOR?) -> String? {
    guard let name = value?["name"]?.text else { return nil }
    return (value?["version"]?.text.map { "\(name) \($0)" } ?? name).shown
  }
}
