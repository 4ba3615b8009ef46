import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Files unlike those that a detector knows, in a workspace without any detector of its own.
@Suite struct UnknownInputTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
  }

  private func face(_ seed: UInt64) -> Image {
    var scene = Scene()
    scene.identity = Identity(randomness: RandomSource(seed: seed))
    return scene.rendered(side: 256).image
  }

  private func verdict(
    _ pictures: [Image], quality: Int = 18
  ) throws -> (file: FileVerdict, notes: [String]) {
    let path = folder.path("clip.mp4")
    let info = VideoInfo(
      width: pictures[0].width, height: pictures[0].height, frameRate: Rational(25, 1))
    var encoding = VideoEncoding()
    encoding.quality = quality
    let writer = try VideoWriter(
      path: path, encoding: encoding, of: info, mark: .rendered(by: "test"))
    for (number, picture) in pictures.enumerated() {
      try writer.write(VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
    var request = InferenceRequest(inputs: [path])
    (request.workspace, request.maxFrames) = (workspace.path, 4)
    var (verdicts, notes): ([FileVerdict], [String]) = ([], [])
    try FileInference.run(request) { event in
      switch event {
      case .noted(let sentence): notes.append(sentence)
      case .scored(let verdict, _, _): verdicts.append(verdict)
      case .advanced: break
      }
    }
    return (try #require(verdicts.first), notes)
  }

  private func expectUndecided(_ file: FileVerdict, since reason: String) throws {
    let person = try #require(file.people.first)
    #expect(file.verdict == .undecided && person.verdict == .undecided && person.context == nil)
    #expect(person.reasons.contains { $0.hasPrefix(reason) }, "\(person.reasons)")
    #expect(
      person.text == "undecided: \(person.reasons.joined(separator: "; ")); the score of "
        + "\(NumberText.fixed(person.score, 3)) does not count")
  }

  @Test(arguments: [UInt64(3), 4, 5])
  func anOrdinaryClipGetsTheVerdictOfTheDetectorThatDflabCarries(seed: UInt64) throws {
    let (file, notes) = try verdict([Image](repeating: face(seed), count: 4))
    let person = try #require(file.people.first)
    #expect(person.reasons == [])
    #expect(person.verdict == person.operatingPoint.verdict(on: person.score))
    #expect(person.detectors.map(\.model) == [CarriedModel.detector.rawValue])
    #expect(notes.first?.contains("which ships with dflab") == true)
  }

  @Test func aBlurredClipIsUndecided() throws {
    let blurred = face(3).blurred(deviation: 8)
    try expectUndecided(
      verdict([Image](repeating: blurred, count: 4)).file, since: "heavy blur")
  }

  @Test func aDrawingIsUndecided() throws {
    let painted = face(3).blurred(deviation: 4).pixels.map { $0 / 64 * 64 + 32 }
    let drawing = Image(width: 256, height: 256, pixels: painted)
    try expectUndecided(
      verdict([Image](repeating: drawing, count: 4)).file, since: "large flat areas")
  }

  @Test func anExtremelyCompressedClipIsUndecided() throws {
    try expectUndecided(
      verdict([Image](repeating: face(3), count: 4), quality: 51).file,
      since: "extreme compression")
  }

  @Test func aSmallFaceIsUndecidedAndNoneIsNone() throws {
    var scene = Image(width: 320, height: 240, filled: Color(gray: 120))
    #expect(try verdict([Image](repeating: scene, count: 4)).file.verdict == .noFace)
    scene.paste(face(3).resized(width: 84, height: 84, filter: .area), x: 100, y: 80)
    let file = try verdict([Image](repeating: scene, count: 4)).file
    try expectUndecided(file, since: "the face is ")
  }
}
