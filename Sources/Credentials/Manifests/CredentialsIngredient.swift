import Foundation

/// A file that another one was made from.
public struct CredentialsIngredient: Equatable, Sendable {
  /// Its name, without folders.
  let title: String
  /// Its SHA-256.
  let hash: [UInt8]
  /// Whether it was edited; otherwise it became a part.
  let isParent: Bool
  /// The media type, such as `video/mp4`; nil if unknown.
  let format: String?
  /// The manifest store that it already carried; nil for none.
  let store: KeptStore?

  /// An ingredient read from its file.
  ///
  /// Credentials that cannot be read are not kept; the hash still refers to the file.
  ///
  /// - Parameter isParent: whether it was edited; otherwise it became a part.
  public init(at path: String, isParent: Bool) throws {
    let file = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    var digest = RunningDigest()
    digest.update(file)
    title = (path as NSString).lastPathComponent
    (hash, self.isParent) = (digest.bytes, isParent)
    let container = Container(of: file)
    let ending = (path as NSString).pathExtension
    format = container.mediaType ?? Container.mediaType(ofExtension: ending)
    store = KeptStore(of: file, at: path)
  }

  /// The label of the assertion.
  ///
  /// - Parameter index: its number among the ingredients.
  static func label(_ index: Int) -> String {
    index == 0 ? "c2pa.ingredient.v3" : "c2pa.ingredient.v3__\(index)"
  }

  /// The assertion, in which the file is named by its hash (RFC 6920).
  var assertion: CBOR {
    let digest = Data(hash).base64EncodedString().replacing("+", with: "-")
      .replacing("/", with: "_").replacing("=", with: "")
    return .map([
      "dc:title": .text(title), "dc:format": format.map { .text($0) },
      "instanceID": .text("ni:///sha-256;\(digest)"),
      "relationship": .text(isParent ? "parentOf" : "componentOf"),
      "activeManifest": store?.manifest, "claimSignature": store?.signature,
      "validationResults": store?.results,
    ])
  }
}
