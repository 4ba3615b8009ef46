import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct ExtractPicturesTests {
  /// A folder with some pictures of synthetic people, one without a face, and one that is damaged.
  private func pictures(in folder: TemporaryFolder) throws -> (path: String, truth: [Portrait]) {
    let path = folder.path("pictures")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let portraits = ThreadPool.map(3) { index in
      var scene = Scene()
      scene.identity = Identity(randomness: RandomSource(seed: UInt64(index + 1)))
      return scene.rendered(side: 320)
    }
    for (index, portrait) in portraits.enumerated() {
      try WholeFile.write(
        try portrait.image.encoded(as: .png, mark: nil), to: "\(path)/\(index).png")
    }
    let empty = Image(width: 200, height: 100, filled: Color(90, 90, 90))
    try WholeFile.write(try empty.encoded(as: .jpeg(quality: 90), mark: nil), to: "\(path)/8.jpg")
    try WholeFile.write([0xFF, 0xD8, 0xFF, 0xE0], to: "\(path)/9.jpg")
    return (path, portraits)
  }

  @Test func picturesGiveASetWithWhatIsKnownOfEachFace() throws {
    let folder = try TemporaryFolder()
    let (path, portraits) = try pictures(in: folder)
    var request = ExtractRequest(inputs: [path], out: folder.path("set"))
    request.hasMasks = true
    let outcome = try ExtractRun.make(request)
    #expect(outcome.isFinished && outcome.kept == 3 && outcome.frames == 4)
    #expect(outcome.withoutFaces == 1)
    #expect(outcome.notes.count == 1 && outcome.notes[0].contains("9.jpg"))
    try expectReport(in: folder.path("set"))
    let report = try String(contentsOfFile: folder.path("set/report.md"), encoding: .utf8)
    #expect(report.contains("Kept 3 of ") && report.contains("![Sample faces"))
    let set = try FaceSet(reading: folder.path("set"))
    #expect(set.lines.map(\.file) == ["000001.jpg", "000002.jpg", "000003.jpg"])
    for (line, portrait) in zip(set.lines, portraits) {
      let picture = try Image(reading: folder.path("set/\(line.file)"))
      #expect(picture.width == 256 && picture.height == 256)
      #expect(FileManager.default.fileExists(atPath: folder.path("set/\(try #require(line.mask))")))
      #expect(line.blur != nil && line.pose != nil && line.score != nil && line.box != nil)
      // The matrix takes the truth to where the landmarks were found, within some pixels.
      let map = try #require(line.matrix)
      let errors = (36..<48).map { index in
        let truth = map(SIMD2<Double>(portrait.landmarks[index].position))
        let away = truth - SIMD2<Double>(line.landmarks[index])
        return (away * away).sum().squareRoot()
      }
      #expect(errors.reduce(0, +) / 12 < 8)
    }
  }

  @Test func theSameAgainIsDoneAlreadyAndOtherSettingsAreRefused() throws {
    let folder = try TemporaryFolder()
    let (path, _) = try pictures(in: folder)
    var request = ExtractRequest(inputs: [path], out: folder.path("set"))
    request.maxFaces = 2
    #expect(try ExtractRun.make(request).kept == 2)
    let before = try Data(contentsOf: URL(filePath: folder.path("set/faces.jsonl")))
    let again = try ExtractRun.make(request)
    #expect(again.isFinished && again.framesPerSecond == nil)
    #expect(try Data(contentsOf: URL(filePath: folder.path("set/faces.jsonl"))) == before)
    request.maxFaces = 3
    #expect(throws: WorkflowError.self) { try ExtractRun.make(request) }
    request.isForced = true
    #expect(try ExtractRun.make(request).kept == 3)
  }

  @Test func whereNoFaceIsNothingIsWritten() throws {
    let folder = try TemporaryFolder()
    let empty = Image(width: 120, height: 100, filled: Color(90, 90, 90))
    let file = folder.path("gray.png")
    try WholeFile.write(try empty.encoded(as: .png, mark: nil), to: file)
    #expect(throws: WorkflowError.noFaces(inputs: [file], frames: 1, found: 0)) {
      try ExtractRun.make(ExtractRequest(inputs: [file], out: folder.path("set")))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("set")))
  }

  @Test func aFolderOfOtherThingsIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    let (path, _) = try pictures(in: folder)
    var request = ExtractRequest(inputs: [path], out: path)
    request.isForced = true
    #expect(throws: WorkflowError.otherThings(path: path, name: "0.png")) {
      try ExtractRun.make(request)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 5)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let folder = try TemporaryFolder()
    for name in ["none.mp4", "none.jpg"] {
      let request = ExtractRequest(inputs: [folder.path(name)], out: folder.path("set"))
      do {
        _ = try ExtractRun.make(request)
        Issue.record("\(name) was taken")
      } catch let error as MediaError {
        #expect(error.description.contains(name))
      }
    }
    #expect(throws: WorkflowError.nothingToExtract(path: folder.path)) {
      try ExtractRun.make(ExtractRequest(inputs: [folder.path], out: folder.path("set")))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("set")))
  }
}
