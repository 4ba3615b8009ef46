import Credentials
import Engine
import Foundation
import Generation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Faces
@testable import Records
@testable import Workflows

/// What commands generate bears credentials, whatever the command.
@Suite(.serialized) struct MarkedFilesTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace.make(at: folder.path).workspace
  }

  private func report(_ path: String) throws -> CredentialsReport {
    try CredentialsReport(ofFile: path, trusting: CredentialsStore.trusted(by: workspace))
  }

  /// The pictures and videos below a folder that say they were generated, by name; all of them must be
  /// signed by the workspace.
  private func marked(below path: String) throws -> [String] {
    let endings = ["jpg", "png", "mp4", "mov", "mkv"]
    let files = try FileManager.default.subpathsOfDirectory(atPath: path).sorted().filter {
      endings.contains(($0 as NSString).pathExtension)
    }
    return try files.filter { name in
      let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
      let report = try report("\(path)/\(name)")
      guard bytes.range(of: Data("newscodes/digitalsourcetype/".utf8)) != nil else {
        #expect(report.verdict == .absent, "\(name)")
        return false
      }
      #expect(report.verdict == .valid && report.faults.isEmpty, "\(name): \(report)")
      #expect(report.remarks.isEmpty, "\(name): \(report.remarks)")
      let origin = MediaOrigin.allCases.first {
        bytes.range(of: Data($0.sourceType.utf8)) != nil
      }
      #expect(report.actions.last?.sourceType == origin?.sourceType)
      return true
    }
  }

  /// A rendered person on plain ground.
  private func portrait() -> Image {
    var portrait = Image(width: 320, height: 256, filled: Color(90, 110, 100))
    portrait.paste(Scene().rendered(side: 224).image, x: 40, y: 16)
    return portrait
  }

  /// A clip of that person.
  private func clip(_ name: String, mark: Mark?) throws -> String {
    let (path, picture) = (folder.path(name), portrait())
    let info = VideoInfo(width: 320, height: 256, frameRate: Rational(25, 1))
    var encoding = VideoEncoding()
    encoding.threads = 1
    let writer = try VideoWriter(path: path, encoding: encoding, of: info, mark: mark)
    for number in 0..<4 {
      try writer.write(try VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
    return path
  }

  private func weights() throws -> String {
    let path = folder.path("weights.safetensors")
    try Checkpoint.write(
      SwapModel(.fast, randomness: RandomSource(seed: 5)).parameters.entries,
      metadata: fastMetadata, to: path)
    return path
  }

  @Test func rendersAndTheirVideosAreSigned() throws {
    var request = SynthesisRequest()
    (request.out, request.size) = (workspace.datasets(of: "people"), 64)
    (request.people, request.count, request.sequence, request.video) = (1, 3, true, true)
    _ = try SynthesisRun.make(request)
    let names = try marked(below: workspace.datasets(of: "people"))
    // Pictures, masks and depths, the sheet, the video.
    #expect(names.count == 11 && names.contains("p001.mp4") && names.contains("sheet.png"))
    let video = try report("\(workspace.datasets(of: "people"))/p001.mp4")
    #expect(video.actions.map(\.sourceType) == [MediaOrigin.rendered.sourceType])
  }

  @Test(arguments: ["mp4", "mov", "mkv"]) func aConvertedVideoNamesItsSource(ending: String) throws
  {
    let source = try clip("source.mp4", mark: try .rendered(at: folder.path))
    let output = folder.path("out.\(ending)")
    _ = try Conversion.run(
      ConversionRequest(model: weights(), input: source, side: .b, output: output))
    let report = try report(output)
    #expect(report.verdict == .valid && report.remarks.isEmpty, "\(report)")
    #expect(report.sidecar == (ending == "mkv" ? "out.c2pa" : nil))
    #expect(report.actions.map(\.action) == ["c2pa.opened", "c2pa.edited"])
    #expect(report.actions.last?.sourceType == MediaOrigin.composite.sourceType)
    let parent = try #require(report.ingredients.first)
    #expect(parent.title == "source.mp4" && parent.format == "video/mp4")
    #expect(parent.manifest == (try self.report(source).manifest))
  }

  /// Faces that are cut out of a marked video keep the mark, and lead back to it.
  @Test(arguments: ["mp4", "mkv"]) func facesOfAMarkedVideoAreMarked(ending: String) throws {
    let source = try clip("source.\(ending)", mark: try .composite(at: folder.path))
    let faces = workspace.datasets(of: "faces")
    var request = ExtractRequest(inputs: [source], out: faces)
    request.hasMasks = true
    let kept = try ExtractRun.make(request).kept
    #expect(kept > 0)
    let names = try marked(below: faces)
    #expect(names.count == 2 * kept + 1)
    let face = try report("\(faces)/\(names[0])")
    #expect(face.ingredients.map(\.title) == ["source.\(ending)"])
    #expect(face.actions.last?.sourceType == MediaOrigin.composite.sourceType)
    #expect(face.ingredients[0].manifest == (try report(source).manifest))
  }

  @Test func facesOfAnUnmarkedVideoStayUnmarked() throws {
    let faces = workspace.datasets(of: "faces")
    let request = ExtractRequest(inputs: [try clip("real.mp4", mark: nil)], out: faces)
    #expect(try ExtractRun.make(request).kept > 0)
    #expect(try marked(below: faces) == [])
  }

  @Test func aConvertedPictureNamesItsSource() throws {
    let source = folder.path("source.png")
    try WholeFile.write(try portrait().encoded(as: .png, mark: nil), to: source)
    let output = folder.path("out.jpg")
    _ = try Conversion.run(
      ConversionRequest(model: weights(), input: source, side: .b, output: output))
    let report = try report(output)
    #expect(report.verdict == .valid && report.ingredients.map(\.title) == ["source.png"])
    #expect(report.ingredients[0].manifest == nil)
  }

  /// Outside a workspace the key is everybody's, and the certificate says so.
  @Test func outsideAWorkspaceTheSignerIsNobody() throws {
    let signer = try CredentialsStore.signer(of: nil)
    #expect(signer.summaries[0].subject == "CN=Content Credentials,O=dflab without a workspace")
    let outside = try TemporaryFolder()
    let mark = Mark(
      .trained, by: Program.name, sealedBy: CredentialsSeal(signer: signer))
    let path = outside.path("a.png")
    try WholeFile.write(try portrait().encoded(as: .png, mark: mark), to: path)
    #expect(try report(path).verdict == .untrusted)
    let check = try FileCheck(outside: path)
    #expect(check.verdict == .unknown && check.credentials?.verdict == .untrusted)
  }

  /// In a labeled dataset nothing of the credentials tells the classes apart but hashes.
  @Test func realAndFakeBearLikeManifests() throws {
    let shop = try AugmentWorkshop()
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(16))
    let set = try LabeledDataset(reading: shop.set())
    let trusted = try CredentialsStore.trusted(by: shop.workspace)
    var said: Set<String> = []
    for sample in set.samples {
      let report = try CredentialsReport(ofFile: set.path(of: sample), trusting: trusted)
      #expect(report.verdict == .valid, "\(report)")
      #expect(report.ingredients.isEmpty)
      said.insert("\(report.bytes) \(report.actions) \(report.generator ?? "") \(report.chain)")
    }
    #expect(said.count == 1 && set.samples.count == 16)
  }

  @Test func aReplacedCertificateSignsAndTheOldOneStaysTrusted() throws {
    let old = folder.path("old.png")
    func write(_ path: String) throws {
      let mark = try Mark.synthetic(at: path)
      try WholeFile.write(try portrait().encoded(as: .png, mark: mark), to: path)
    }
    try write(old)
    let other = try Workspace.make(at: folder.path("other")).workspace
    let chain = folder.path("chain.pem")
    try Data(try CredentialsStore.signer(of: other).chain.utf8).write(to: URL(filePath: chain))
    let key = "\(other.hidden)/key.pem"
    let signer = try CredentialsStore.replace(in: workspace, chain: chain, key: key)
    #expect(signer.summaries == (try CredentialsStore.signer(of: other)).summaries)
    let new = folder.path("new.png")
    try write(new)
    let report = try report(new)
    #expect(report.verdict == .valid && report.chain.first == signer.summaries.first)
    #expect(try self.report(old).verdict == .valid)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: "\(workspace.hidden)/credentials-key.pem")
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
    // The key of ledgers is the workspace's own, as before.
    #expect(try LabKey(of: workspace).identity == (try LabKey.identity(of: workspace)))
    let error = #expect(throws: RecordsError.self) {
      try CredentialsStore.replace(in: workspace, chain: chain, key: chain)
    }
    #expect(
      error?.description
        == "Cannot sign Content Credentials with '\(chain)': it is not an unencrypted Ed25519, P-256, "
        + "P-384 or P-521 private key in PEM format. Give a chain and its key with 'dflab key replace'."
    )
    // Nothing was lost.
    #expect(try CredentialsStore.signer(of: workspace).summaries == signer.summaries)
    // Replaced once more, the one between stays trusted, too.
    let third = try Workspace.make(at: folder.path("third")).workspace
    try Data(try CredentialsStore.signer(of: third).chain.utf8).write(to: URL(filePath: chain))
    _ = try CredentialsStore.replace(
      in: workspace, chain: chain, key: "\(third.hidden)/key.pem")
    #expect(try self.report(new).verdict == .valid && self.report(old).verdict == .valid)
  }
}
