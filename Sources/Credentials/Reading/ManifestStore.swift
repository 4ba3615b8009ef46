/// The manifests of a store, as they were read.
struct ManifestStore {
  /// A manifest, with its parts.
  struct Manifest {
    let box: JUMBFBox
    var label: String { box.label }

    /// The assertions, by their labels.
    var assertions: [JUMBFBox] { box.box(labeled: "c2pa.assertions")?.boxes ?? [] }

    /// The claim, of version 1 or 2.
    var claimBox: JUMBFBox? {
      box.box(labeled: "c2pa.claim.v2") ?? box.box(labeled: "c2pa.claim")
    }

    var signatureBox: JUMBFBox? { box.box(labeled: "c2pa.signature") }
  }

  let manifests: [Manifest]

  /// The most manifests of a store.
  static let mostManifests = 1000

  /// The manifest of the file itself: the last one.
  var active: Manifest? { manifests.last }

  /// The manifest with a label.
  func manifest(labeled label: String) -> Manifest? { manifests.first { $0.label == label } }

  /// The manifest whose hash binds one to the file: itself, or what it updates, whose own check must
  /// hold.
  func bound(to manifest: Manifest) throws(CredentialsFault) -> Manifest {
    var bound = manifest
    // Each step leads to another manifest, or there is a circle.
    for _ in manifests where bound.box.type == JUMBFBox.type("c2um") {
      guard let parent = try parent(of: bound) else { throw .claim("what it updates is missing") }
      guard try ManifestCheck(parent, in: self).report(trusting: TrustedSigners()).faults.isEmpty
      else { throw .claim("what it updates was changed") }
      bound = parent
    }
    return bound
  }

  private func parent(of manifest: Manifest) throws(CredentialsFault) -> Manifest? {
    for box in manifest.assertions where box.label.hasPrefix("c2pa.ingredient") {
      guard let bytes = box.payload("cbor") else { continue }
      let value = try CBORReader.value(of: bytes)
      guard value["relationship"]?.text == "parentOf" else { continue }
      let reference = value["activeManifest"] ?? value["c2pa_manifest"]
      let label = reference?["url"]?.text?.split(separator: "/").last.map(String.init)
      return label.flatMap(self.manifest(labeled:))
    }
    return nil
  }

  /// Reads a store.
  init(_ bytes: ArraySlice<UInt8>) throws(CredentialsFault) {
    let store = try JUMBFReader.box(of: bytes)
    guard store.type == JUMBFBox.type("c2pa"), store.label == "c2pa" else {
      throw .jumbf("the store is not C2PA's")
    }
    guard store.boxes.count <= ManifestStore.mostManifests else {
      throw .jumbf("there are too many manifests")
    }
    guard store.boxes.count == store.contents.count else {
      throw .jumbf("the store holds other boxes than manifests")
    }
    manifests = store.boxes.map { Manifest(box: $0) }
    let types = ["c2ma", "c2um", "c2cm"].map(JUMBFBox.type)
    for manifest in manifests {
      guard types.contains(manifest.box.type) else { throw .jumbf("a manifest is of unknown type") }
      let parts = [
        ("c2as", manifest.box.box(labeled: "c2pa.assertions")), ("c2cl", manifest.claimBox),
        ("c2cs", manifest.signatureBox),
      ]
      for case (let type, let box?) in parts where box.type != JUMBFBox.type(type) {
        throw .jumbf("a box '\(box.label.shown)' is of another type")
      }
      guard Set(manifest.box.boxes.map(\.label)).count == manifest.box.boxes.count else {
        throw .jumbf("a manifest holds two boxes of one label")
      }
    }
    guard Set(manifests.map(\.label)).count == manifests.count else {
      throw .jumbf("two manifests have one label")
    }
  }
}
