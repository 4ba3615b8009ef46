import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceFinderTests {
  @Test(arguments: [(1, 1), (3, 200), (79, 79), (80, 80), (81, 400), (256, 256)])
  func aPictureOfNothingHoldsNoFace(width: Int, height: Int) throws {
    let picture = Image(width: width, height: height, filled: Color(90, 120, 60))
    #expect(try FaceFinder().find(in: picture).isEmpty)
    #expect(try FaceFinder().find(in: picture, smallest: 40).isEmpty)
    #expect(try FaceFinder().find(in: picture, smallest: 400).isEmpty)
  }

  @Test func landmarksAreSixtyEightWhereverTheBoxIs() throws {
    let picture = Image.noise(width: 40, height: 30)
    for box in [
      FaceBox(x: 5, y: 5, width: 20, height: 20), FaceBox(x: -50, y: 10, width: 100, height: 100),
      FaceBox(x: 1e9, y: -1e9, width: 1, height: 1),
    ] {
      let points = try FaceFinder().landmarks(in: picture, box: box)
      #expect(points.count == 68)
      #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
  }

  @Test func aMissingModelSaysHowToGetOne() {
    #expect(throws: FacesError.noLandmarks(path: "/none.dat")) {
      _ = try LandmarkModel(reading: "/none.dat")
    }
    let sentence = FacesError.noLandmarks(path: "/none.dat").description
    #expect(sentence.contains("apt-get install libdlib-data"))
    #expect(sentence.contains("DFLAB_LANDMARKS"))
  }

  @Test func whatIsNoModelIsRefused() throws {
    let folder = try TemporaryFolder()
    for (name, bytes) in [
      ("empty", []), ("short", [1, 1, 1]), ("noise", (0...255).map(UInt8.init)),
    ] {
      try folder.write(bytes, as: name)
      do {
        _ = try LandmarkModel(reading: folder.path(name))
        Issue.record("\(name) was taken for a model")
      } catch {
        guard case .unusableLandmarks(let path, let reason) = error else { throw error }
        #expect(path == folder.path(name) && !reason.isEmpty)
      }
    }
  }

  @Test func aModelThatBreaksOffIsRefused() throws {
    let folder = try TemporaryFolder()
    let model = try FileHandle(forReadingFrom: URL(filePath: LandmarkModel.debianPath))
    try folder.write([UInt8](try model.read(upToCount: 100_000) ?? Data()), as: "half")
    #expect(throws: FacesError.self) { _ = try LandmarkModel(reading: folder.path("half")) }
  }
}
