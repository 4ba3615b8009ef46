import Foundation
import Media
import TestSupport
import Testing

@testable import Credentials

/// What the reference implementation, c2pa-python, makes of files signed here.
@Suite(.enabled(if: TestPython.hasC2PA, "c2pa-python is not installed"))
struct PythonTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Prints the codes of a file's faults, or the error; with a second file, that of its manifest store.
  private static let script = """
    import c2pa, json, sys
    media = {"jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "mov": "video/quicktime"}
    for path in sys.argv[1:]:
      path, _, store = path.partition("+")
      try:
        kind = media.get(path.rsplit(".", 1)[1], "application/octet-stream")
        more = [open(store, "rb").read()] if store else []
        with c2pa.Reader(kind, open(path, "rb"), *more) as reader:
          report = json.loads(reader.json())
          codes = [status["code"] for status in report.get("validation_status", [])]
          manifest = report["manifests"][report["active_manifest"]]
          success = report["validation_results"]["activeManifest"]["success"]
          print(json.dumps([codes, len(report["manifests"]), [s["code"] for s in success]]))
      except Exception as error:
        print(json.dumps([[str(error)], 0, []]))
    """

  /// The faults that are found in files, the numbers of manifests, and what was found to be sound.
  private func faults(_ paths: [String]) throws -> [(
    codes: [String], manifests: Int, success: [String]
  )] {
    let output = String(
      decoding: try TestPython.run(PythonTests.script, paths), as: UTF8.self)
    return try output.split(separator: "\n").map { line in
      let value = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      return (
        try #require(value[0] as? [String]), try #require(value[1] as? Int),
        try #require(value[2] as? [String])
      )
    }
  }

  private func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: folder.path(name)))
    return folder.path(name)
  }

  @Test func signedPicturesAreValid() throws {
    let source = try write(try Sample.signed(.jpeg(quality: 90)), "source.jpg")
    let plain = try write(try Sample.picture(.png), "plain.png")
    let ingredients = [
      try CredentialsIngredient(at: source, isParent: true),
      try CredentialsIngredient(at: plain, isParent: false),
    ]
    let files = [
      source, try write(try Sample.signed(.png), "a.png"),
      try write(try Sample.signed(.png, ingredients), "b.png"),
      try write(try Sample.signed(.jpeg(quality: 90), ingredients), "b.jpg"),
    ]
    let results = try faults(files)
    #expect(results.map(\.codes) == Array(repeating: ["signingCredential.untrusted"], count: 4))
    #expect(results.map(\.manifests) == [1, 1, 2, 2])
    for result in results {
      #expect(result.success.contains("claimSignature.validated"))
      #expect(result.success.contains("assertion.dataHash.match"))
    }
  }

  @Test func signedVideosAreValid() throws {
    var files: [String] = []
    for name in ["a.mp4", "a.mov"] {
      try Sample.video(folder.path("plain-\(name)"))
      _ = try SignedVideo.copy(
        of: folder.path("plain-\(name)"), to: folder.path(name), Sample.statement(),
        signer: try Sample.signer())
      files.append(folder.path(name))
    }
    for result in try faults(files) {
      #expect(result.codes == ["signingCredential.untrusted"])
      #expect(result.success.contains("assertion.bmffHash.match"))
    }
  }

  @Test func aSidecarIsValid() throws {
    try Sample.video(folder.path("a.mkv"))
    let store = try write(
      try SignedVideo.sidecarBytes(
        of: folder.path("a.mkv"), Sample.statement(), signer: try Sample.signer()), "a.c2pa")
    let result = try #require(try faults(["\(folder.path("a.mkv"))+\(store)"]).first)
    #expect(result.codes == ["signingCredential.untrusted"])
    #expect(result.success.contains("assertion.dataHash.match"))
  }

  @Test func anOrganizationsSignerIsValid() throws {
    let signer = try CredentialsSigner(
      chain: Sample.text("es256.pem"), key: Sample.text("es256.key"))
    let bytes = try SignedPicture.bytes(
      of: try Sample.picture(.png), Sample.statement(), signer: signer)
    let result = try #require(try faults([write(bytes, "es256.png")]).first)
    #expect(result.codes == ["signingCredential.untrusted"])
  }

  /// The bytes of a file of which one flipped bit is not noticed.
  private static let flips = """
    import c2pa, io, json, sys
    media, path = sys.argv[1:]
    whole, missed = open(path, "rb").read(), []
    for index in range(len(whole)):
      changed = bytearray(whole)
      changed[index] ^= 1 << index % 8
      try:
        with c2pa.Reader(media, io.BytesIO(bytes(changed))) as reader:
          codes = [status["code"] for status in json.loads(reader.json()).get("validation_status", [])]
          if codes == ["signingCredential.untrusted"]: missed.append(index)
      except Exception: pass
    print(json.dumps(missed))
    """

  /// It finds every flipped bit of the picture, and of what the credentials say.
  ///
  /// The heads of boxes, segments and chunks, which say nothing, it reads more leniently than
  /// `CredentialsReport`.
  @Test(arguments: [(PictureFormat.png, "image/png", 8), (.jpeg(quality: 90), "image/jpeg", 12)])
  func oneFlippedBitIsFound(format: PictureFormat, media: String, head: Int) throws {
    let bytes = try Sample.signed(format, side: 8)
    let path = try write(bytes, "picture")
    let missed = try #require(
      try JSONSerialization.jsonObject(with: try TestPython.run(PythonTests.flips, [media, path]))
        as? [Int])
    let found = try #require(try FoundStore(of: Data(bytes), at: nil))
    let range = try #require(found.range)
    let manifest = try #require(try ManifestStore(found.bytes[...]).active)
    let said =
      (manifest.assertions + [manifest.claimBox, manifest.signatureBox].compactMap(\.self))
      .compactMap { $0.payload("cbor")?.indices }
    #expect(said.count == 5)
    for index in missed {
      #expect(range.contains(index), "byte \(index) of the picture")
      let place = index - range.lowerBound - head
      // The claim is not in the signature: a null, or undefined.
      #expect(
        !said.contains { $0.contains(place) } || bytes[index] == 0xF6, "byte \(place) of the store")
    }
  }
}
