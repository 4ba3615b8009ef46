import Engine
import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct RealFacesTests {
  // >>> f = cv2.cvtColor(cv2.imread("faces/a/frame_000000.jpg"), cv2.COLOR_BGR2RGB)
  // >>> t = cv2.resize(f[48:208, 48:208], (64, 64), interpolation=cv2.INTER_AREA)
  // >>> t[0, 0], t[32, 32], t[63, 63], t.sum()
  // ([68, 55, 54], [219, 142, 125], [30, 58, 99], 1592581)
  @Test func realFacesAreReadAsOpenCVReadsThem() throws {
    let path = try #require(RealData.folder) + "/faces/a"
    let faces = try FaceFolder(at: path)
    #expect(faces.pictures.count == 593)
    #expect(faces.skipped.isEmpty)
    #expect(faces.training == 0..<504)
    let bytes = Crop.face(faces.pictures[0].image).values.map { Int(($0 * 255).rounded()) }
    let places = [0, 32 * 64 + 32, 4095].map { Array(bytes[$0 * 3..<$0 * 3 + 3]) }
    for (place, golden) in zip(places, [[68, 55, 54], [219, 142, 125], [30, 58, 99]]) {
      // JPEG decoders may differ by one.
      for (value, expected) in zip(place, golden) { #expect(abs(value - expected) <= 1) }
    }
    #expect(abs(bytes.reduce(0, +) - 1_592_581) < 4096)
  }
}
