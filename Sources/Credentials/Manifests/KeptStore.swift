import Foundation

/// The manifest store of an ingredient, kept in that of the file made from it.
struct KeptStore: Equatable, Sendable {
  /// The label and the whole box of each manifest, in order; the last one is the ingredient's own.
  let manifests: [Manifest]
  /// References to the ingredient's own manifest and its signature.
  let manifest, signature: CBOR
  /// What was found on reading the ingredient.
  let results: CBOR

  /// A manifest as it was read.
  struct Manifest: Equatable, Sendable {
    let label: String
    let bytes: [UInt8]
  }

  /// The largest store that is kept, in bytes.
  static let largest = 16 << 20

  /// The store of a file or of its sidecar; nil if there is none, or if it cannot be read.
  init?(of file: Data, at path: String) {
    guard let found = try? FoundStore(of: file, at: path), found.bytes.count <= KeptStore.largest,
      let store = try? ManifestStore(found.bytes[...]), let active = store.active,
      let signature = active.signatureBox
    else { return nil }
    manifests = store.manifests.map { Manifest(label: $0.label, bytes: Array($0.box.bytes)) }
    let uri = "self#jumbf=/c2pa/\(active.label)"
    manifest = Manifest.reference(uri, active.box.body)
    self.signature = Manifest.reference("\(uri)/c2pa.signature", signature.body)
    let report = CredentialsReport(of: found, in: file, trusting: TrustedSigners())
    func codes(_ codes: [String]) -> CBOR {
      .array(
        codes.map { .map(["code": .text($0), "url": .text("\(uri)/c2pa.signature")]) })
    }
    let isSound = report.faults.isEmpty
    results = .map([
      "activeManifest": .map([
        "success": codes(isSound ? ["claimSignature.validated"] : []), "informational": codes([]),
        "failure": codes(isSound ? ["signingCredential.untrusted"] : ["claimSignature.mismatch"]),
      ])
    ])
  }
}

extension KeptStore.Manifest {
  /// A reference to a box with its hash.
  static func reference(_ uri: String, _ body: some DataProtocol) -> CBOR {
    .map([
      "url": .text(uri), "alg": .text("sha256"), "hash": .bytes(HashAlgorithm.sha256.hash(body)),
    ])
  }
}
