import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct ExtractVideoTests {
  private func request(_ name: String, _ folder: TemporaryFolder) throws -> ExtractRequest {
    ExtractRequest(
      inputs: [try #require(RealData.folder) + "/videos/\(name)"], out: folder.path("set"))
  }

  private func manifest(_ folder: TemporaryFolder, _ set: String = "set") throws -> Data {
    try Data(contentsOf: URL(filePath: folder.path("\(set)/faces.jsonl")))
  }

  /// Within 1 % of a search of every frame at its full size, every fifth of which is made here.
  @Test(arguments: [("person-a.mp4", 10.0), ("person-b.mov", 15.0)])
  func facesAreFoundAsOftenAsByASearchOfEveryFrame(name: String, seconds: Double) throws {
    let folder = try TemporaryFolder()
    var request = try request(name, folder)
    request.end = seconds
    let outcome = try ExtractRun.make(request)
    let lines = try FaceSet(reading: folder.path("set")).lines
    #expect(lines.count == outcome.kept)
    let reader = try VideoReader(reading: request.inputs[0])
    let finder = try FaceFinder()
    var (searched, missed, misplaced) = (0, 0, 0)
    while let frame = try reader.next(), frame.time < seconds {
      guard frame.number.isMultiple(of: 5) else { continue }
      guard let face = try finder.find(in: frame.picture()).first else { continue }
      searched += 1
      guard let line = lines.first(where: { $0.frame == frame.number }), let box = line.box else {
        missed += 1
        continue
      }
      let middle = SIMD2(face.box.x - box.x, face.box.y - box.y)
      if abs(middle.x) > 0.2 * box.width || abs(middle.y) > 0.2 * box.width { misplaced += 1 }
    }
    #expect(searched > 40)
    #expect(Double(missed) <= 0.01 * Double(searched))
    #expect(Double(misplaced) <= 0.01 * Double(searched))
  }

  @Test func interruptedItGoesOnToTheSameSet() throws {
    let (whole, broken) = (try TemporaryFolder(), try TemporaryFolder())
    var request = try request("person-b.mov", whole)
    (request.isSmooth, request.end, request.every) = (true, 8, 2)
    _ = try ExtractRun.make(request)
    request.out = broken.path("set")
    for expected in [false, true] {
      let interruption = Interruption()
      let outcome = try ExtractRun.make(request, interruption: interruption) { event in
        if case .advanced = event, !expected { interruption.press() }
      }
      #expect(outcome.isFinished == expected)
    }
    #expect(try manifest(broken) == manifest(whole))
    for line in try FaceSet(reading: whole.path("set")).lines {
      let bytes = [whole, broken].map {
        FileManager.default.contents(atPath: $0.path("set/\(line.file)"))
      }
      #expect(bytes[0] != nil && bytes[0] == bytes[1], "\(line.file)")
    }
  }

  @Test func onePersonIsOneSet() throws {
    let folder = try TemporaryFolder()
    var request = try request("person-b.mov", folder)
    (request.isTracked, request.end, request.maxFaces) = (true, 6, 100)
    let outcome = try ExtractRun.make(request)
    #expect(outcome.people == 1 && outcome.kept == 100)
    try expectReport(in: folder.path("set"))
    let set = try FaceSet(reading: folder.path("set/1"))
    #expect(set.lines.count == 100 && set.skipped.isEmpty)
    #expect(set.lines.allSatisfy { $0.identity == "1" })
    #expect(!FileManager.default.fileExists(atPath: folder.path("set/faces.jsonl")))
    #expect(try ExtractRun.make(request).isFinished)
  }

  @Test func smoothingTakesOutJitter() throws {
    var jitters: [Double] = []
    for isSmooth in [false, true] {
      let folder = try TemporaryFolder()
      var request = try request("person-a.mp4", folder)
      (request.isSmooth, request.end) = (isSmooth, 3)
      _ = try ExtractRun.make(request)
      let scales = try FaceSet(reading: folder.path("set")).lines.compactMap {
        $0.matrix.map { $0.determinant.squareRoot() }
      }
      jitters.append(
        zip(scales.dropFirst(2), zip(scales.dropFirst(), scales)).reduce(0) {
          $0 + abs($1.0 - 2 * $1.1.0 + $1.1.1)
        })
    }
    #expect(jitters[1] < 0.5 * jitters[0])
  }
}
