import Foundation
import Media
import TestSupport
import Testing

@testable import Credentials

@Suite struct SigningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [PictureFormat.png, .jpeg(quality: 90)])
  func aSignedPictureIsValidForThoseWhoTrustTheSigner(format: PictureFormat) throws {
    let bytes = try Sample.signed(format)
    var trusted = TrustedSigners()
    trusted.add(try Sample.signer())
    let report = Sample.report(bytes, trusted)
    #expect(report.verdict == .valid && report.faults.isEmpty && report.remarks.isEmpty)
    #expect(report.algorithm == "EdDSA" && report.generator == "dflab 1.2")
    #expect(
      report.actions == [
        .init(
          action: "c2pa.created", sourceType: MediaOrigin.trained.sourceType, program: "dflab 1.2")
      ])
    #expect(report.trainingMining.contains("cawg.ai_generative_training: notAllowed"))
    #expect(Sample.report(bytes).verdict == .untrusted)
    // The same picture, before and after.
    let before = try Image(decoding: Sample.picture(format), name: "before")
    #expect(try Image(decoding: bytes, name: "after") == before)
  }

  @Test func theSameFileAndSignerGiveTheSameBytes() throws {
    #expect(try Sample.signed(.png) == Sample.signed(.png))
    let other = try SignedPicture.bytes(
      of: try Sample.picture(.png), Sample.statement(), signer: try Sample.signer(8))
    #expect(other != (try Sample.signed(.png)))
    #expect(other.count == (try Sample.signed(.png)).count)
  }

  /// Labeled datasets rely on it: nothing but the picture's own length tells files apart.
  @Test func manifestsOfDifferentPicturesHaveOneLength() throws {
    let lengths = try [8, 24, 100, 300].map { side in
      try Sample.signed(.jpeg(quality: 90), side: side).count
        - Sample.picture(.jpeg(quality: 90), side: side).count
    }
    #expect(Set(lengths).count == 1 && lengths[0] < 2600, "\(lengths)")
  }

  /// One bit of each byte of the whole file; but the number of a JPEG's box may be any.
  @Test(arguments: [PictureFormat.png, .jpeg(quality: 90)])
  func oneFlippedBitAnywhereIsFound(format: PictureFormat) throws {
    var bytes = try Sample.signed(format, side: 8)
    let place = try #require(try FoundStore(of: Data(bytes), at: nil)?.range).lowerBound
    let number = format == .png ? [] : [place + 6, place + 7]
    for index in bytes.indices where !number.contains(index) {
      bytes[index] ^= 1 << UInt8(index % 8)
      let verdict = Sample.report(bytes).verdict
      #expect([.tampered, .unreadable, .absent].contains(verdict), "byte \(index): \(verdict)")
      bytes[index] ^= 1 << UInt8(index % 8)
    }
  }

  @Test func anIngredientIsNamedByItsHashAndItsCredentialsAreKept() throws {
    let source = folder.path("source.jpg")
    try Data(try Sample.signed(.jpeg(quality: 90))).write(to: URL(filePath: source))
    let ingredient = try CredentialsIngredient(at: source, isParent: true)
    let report = Sample.report(try Sample.signed(.png, [ingredient]))
    #expect(report.verdict == .untrusted && report.remarks.isEmpty, "\(report)")
    #expect(report.actions.map(\.action) == ["c2pa.opened", "c2pa.edited"])
    #expect(report.actions.map(\.sourceType) == [nil, MediaOrigin.trained.sourceType])
    let read = try #require(report.ingredients.first)
    #expect(read.title == "source.jpg" && read.format == "image/jpeg")
    #expect(read.relationship == "parentOf")
    #expect(read.instance?.hasPrefix("ni:///sha-256;") == true)
    #expect(read.manifest == Sample.report(try Sample.signed(.jpeg(quality: 90))).manifest)
  }

  @Test func aLargeStoreIsDividedIntoSegments() throws {
    // A parent with a store of 200 kB.
    let source = folder.path("large.jpg")
    var ingredients: [CredentialsIngredient] = []
    for (number, title) in ["a", "b"].enumerated() {
      let path = folder.path("\(String(repeating: title, count: 200)).jpg")
      let bytes = try Sample.signed(.jpeg(quality: 90), side: 16 + number, ingredients)
      try Data(bytes).write(to: URL(filePath: path))
      ingredients = try (0..<60).map { try CredentialsIngredient(at: path, isParent: $0 == 0) }
    }
    let bytes = try Sample.signed(.jpeg(quality: 90), ingredients)
    try Data(bytes).write(to: URL(filePath: source))
    let report = Sample.report(bytes)
    #expect(report.bytes > 65_536 && report.verdict == .untrusted, "\(report.faults)")
    #expect(try Image(decoding: bytes, name: "large").width == 24)
  }

  @Test func aVideoKeepsItsFramesAndGetsCredentials() throws {
    for name in ["a.mp4", "b.mov"] {
      let (plain, signed) = (folder.path("plain-\(name)"), folder.path(name))
      try Sample.video(plain)
      #expect(
        try SignedVideo.copy(
          of: plain, to: signed, Sample.statement(), signer: try Sample.signer()))
      let report = try CredentialsReport(ofFile: signed, trusting: TrustedSigners())
      #expect(report.verdict == .untrusted && report.remarks.isEmpty, "\(report)")
      #expect(try frames(plain) == frames(signed) && frames(plain).count == 4)
    }
  }

  @Test func aMatroskaFileGetsASidecar() throws {
    let path = folder.path("clip.mkv")
    try Sample.video(path)
    let (statement, signer) = (Sample.statement(), try Sample.signer())
    #expect(
      try !SignedVideo.copy(of: path, to: folder.path("no"), statement, signer: signer))
    #expect(SignedVideo.sidecar(of: path) == folder.path("clip.c2pa"))
    #expect(try CredentialsReport(ofFile: path, trusting: TrustedSigners()).verdict == .absent)
    let bytes = try SignedVideo.sidecarBytes(of: path, statement, signer: signer)
    try Data(bytes).write(to: URL(filePath: folder.path("clip.c2pa")))
    let report = try CredentialsReport(ofFile: path, trusting: TrustedSigners())
    #expect(report.verdict == .untrusted && report.sidecar == "clip.c2pa")
    var video = try Data(contentsOf: URL(filePath: path))
    video[video.count / 2] ^= 1
    try video.write(to: URL(filePath: path))
    let changed = try CredentialsReport(ofFile: path, trusting: TrustedSigners())
    #expect(changed.verdict == .tampered)
    #expect(changed.faults == ["The file was changed after signing: its hash differs."])
  }

  @Test func everyByteOfAVideoIsCovered() throws {
    let (plain, signed) = (folder.path("plain.mp4"), folder.path("signed.mp4"))
    try Sample.video(plain, frames: 2)
    _ = try SignedVideo.copy(
      of: plain, to: signed, Sample.statement(), signer: try Sample.signer())
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: signed)))
    for index in bytes.indices {
      bytes[index] ^= 1 << UInt8(index % 8)
      let verdict = Sample.report(bytes).verdict
      #expect([.tampered, .unreadable, .absent].contains(verdict), "byte \(index): \(verdict)")
      bytes[index] ^= 1 << UInt8(index % 8)
    }
  }

  private func frames(_ path: String) throws -> [[UInt8]] {
    let reader = try VideoReader(reading: path)
    var frames: [[UInt8]] = []
    while let frame = try reader.next() { frames.append(try frame.picture().pixels) }
    return frames
  }

  @Test func whatIsNoPictureIsRefused() throws {
    #expect(
      throws: CredentialsError.unsignable(reason: "the picture is neither JPEG nor PNG")
    ) {
      try SignedPicture.bytes(of: [1, 2, 3], Sample.statement(), signer: try Sample.signer())
    }
    #expect(throws: CredentialsError.unsignable(reason: "the picture has some already")) {
      try SignedPicture.bytes(
        of: try Sample.signed(.png), Sample.statement(), signer: try Sample.signer())
    }
  }
}
