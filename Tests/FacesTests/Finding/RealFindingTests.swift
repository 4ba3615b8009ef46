import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct RealFindingTests {
  private func still(_ name: String) throws -> Image {
    try Image(reading: #require(RealData.folder) + "/stills/\(name)/00.jpg")
  }

  /// A face as dlib's own classes give it, in C++: points are rounded to whole pixels.
  struct Golden {
    let picture: String
    let score: Double
    let box: [Double]
    let points: [Int: SIMD2<Float>]
  }

  // array2d<rgb_pixel> im; load_jpeg(im, "stills/p000/00.jpg");
  // std::vector<rect_detection> r; get_frontal_face_detector()(im, r, 0);
  // shape_predictor sp; deserialize("shape_predictor_68_face_landmarks.dat") >> sp;
  // full_object_detection s = sp(im, r[0].rect);
  static let golden = [
    Golden(
      picture: "p000", score: 1.6309, box: [77, 89, 105, 104],
      points: [
        0: SIMD2(74, 115), 30: SIMD2(127, 140), 36: SIMD2(95, 113), 45: SIMD2(152, 112),
        57: SIMD2(126, 169),
      ]),
    Golden(
      picture: "p100", score: 0.8225, box: [65, 79, 125, 125],
      points: [
        0: SIMD2(69, 124), 30: SIMD2(125, 135), 36: SIMD2(93, 116), 45: SIMD2(154, 117),
        57: SIMD2(125, 175),
      ]),
    Golden(
      picture: "p200", score: 1.8056, box: [77, 89, 105, 104],
      points: [
        0: SIMD2(70, 107), 30: SIMD2(128, 146), 36: SIMD2(94, 113), 45: SIMD2(157, 111),
        57: SIMD2(127, 169),
      ]),
  ]

  @Test(arguments: golden)
  func facesAreFoundAsDlibFindsThem(golden: Golden) throws {
    let faces = try FaceFinder().find(in: still(golden.picture))
    let face = try #require(faces.first)
    #expect(faces.count == 1)
    #expect(abs(face.score - golden.score) < 0.01)
    let box = [face.box.x, face.box.y, face.box.width, face.box.height]
    for (value, expected) in zip(box, golden.box) { #expect(abs(value - expected) <= 1) }
    for (index, point) in golden.points {
      // dlib counts pixels by their centers; half a pixel is its rounding.
      let away = face.landmarks[index] - 0.5 - point
      #expect(abs(away.x) <= 0.6 && abs(away.y) <= 0.6, "\(index): \(away)")
    }
  }

  @Test func manyThreadsFindWhatOneFinds() throws {
    let pictures = try (0..<8).map { try still("p00\($0)") }
    let finder = try FaceFinder()
    let find: @Sendable (Int) -> [FoundFace]? = { try? finder.find(in: pictures[$0 % 8]) }
    let one = ThreadPool.with(threads: 1) { ThreadPool.map(8, find) }
    let many = ThreadPool.with(threads: 8) { ThreadPool.map(32, find) }
    #expect(one.allSatisfy { $0?.isEmpty == false })
    for index in 0..<32 { #expect(many[index] == one[index % 8]) }
  }

  @Test func largeFacesAreFoundInAReducedPicture() throws {
    let picture = try still("p200")
    let whole = try #require(try FaceFinder().find(in: picture).first)
    let reduced = try #require(try FaceFinder().find(in: picture, smallest: 100).first)
    #expect(abs(reduced.box.x - whole.box.x) < 12 && abs(reduced.box.width - whole.box.width) < 15)
    for index in 27..<68 {
      let away = reduced.landmarks[index] - whole.landmarks[index]
      #expect(abs(away.x) < 4 && abs(away.y) < 4)
    }
  }
}
