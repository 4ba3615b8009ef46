import Foundation

/// Writes the manifest store of a file (C2PA 2.2, claims of version 2).
///
/// The size of a store does not depend on the hash or on where it stands, so that the places for it can
/// be made before the file is hashed.
struct ManifestWriter {
  let statement: CredentialsStatement
  let signer: CredentialsSigner
  /// A UUID that follows from the file's contents, the statement and the signer.
  private let identity: String

  /// - Parameter contents: the SHA-256 of the file without credentials.
  init(_ statement: CredentialsStatement, _ signer: CredentialsSigner, contents: [UInt8]) {
    (self.statement, self.signer) = (statement, signer)
    let parts: [[UInt8]] = [
      contents, signer.protected, statement.actions(references: []).encoded,
      CBOR.array(statement.ingredients.map(\.assertion)).encoded,
    ]
    identity = ManifestWriter.uuid(FileDigest.of(parts.joined()))
  }

  /// The bytes of the store.
  ///
  /// - Parameters:
  ///   - binding: the assertion that binds it to the file's bytes.
  ///   - isDraft: true leaves the signature empty.
  func store(_ binding: HashAssertion, isDraft: Bool = false) throws -> [UInt8] {
    let label = "urn:c2pa:\(identity)"
    var assertions: [UInt8] = []
    var references: [CBOR] = []
    func add(_ name: String, _ value: [UInt8]) -> CBOR {
      let box = JUMBFBox.encoded(cbor: value, label: name)
      assertions += box
      let reference: CBOR = .map([
        "url": .text("self#jumbf=c2pa.assertions/\(name)"),
        "hash": .bytes(HashAlgorithm.sha256.hash(box[8...])),
      ])
      references.append(reference)
      return reference
    }
    let ingredients = statement.ingredients.enumerated().map {
      add(CredentialsIngredient.label($0), $1.assertion.encoded)
    }
    _ = add("c2pa.actions.v2", statement.actions(references: ingredients).encoded)
    _ = add("cawg.training-mining", CredentialsStatement.trainingMining.encoded)
    _ = add(binding.label, binding.encoded)
    let claim = CBOR.map([
      "instanceID": .text("xmp:iid:\(identity)"), "claim_generator_info": statement.generator,
      "signature": .text("self#jumbf=/c2pa/\(label)/c2pa.signature"),
      "created_assertions": .array(references), "alg": .text("sha256"),
    ]).encoded
    let signature = try COSESignature.encoded(
      signer, protected: signer.protected, claim: claim, isDraft: isDraft)
    let manifest = JUMBFBox.encoded(
      "c2ma", label: label,
      JUMBFBox.encoded("c2as", label: "c2pa.assertions", assertions)
        + JUMBFBox.encoded("c2cl", label: "c2pa.claim.v2", JUMBFBox.box("cbor", claim))
        + JUMBFBox.encoded("c2cs", label: "c2pa.signature", JUMBFBox.box("cbor", signature)))
    return JUMBFBox.encoded("c2pa", label: "c2pa", kept + manifest)
  }

  /// The manifests of the ingredients, each once.
  private var kept: [UInt8] {
    var labels: Set<String> = []
    return statement.ingredients.flatMap { $0.store?.manifests ?? [] }
      .filter { labels.insert($0.label).inserted }.flatMap(\.bytes)
  }

  /// 16 bytes of a hash as a UUID.
  private static func uuid(_ hash: [UInt8]) -> String {
    var bytes = Array(hash.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(Hexadecimal.digits(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }
}
