import Engine
import Media
import Testing

@testable import Generation

@Suite struct TrueLandmarksTests {
  /// A finder that takes the middle of what is bright for every landmark.
  private let find: GroundTruthLandmarks.Finder = { picture, _ in
    var sum = SIMD2<Float>.zero
    var count: Float = 0
    for y in 0..<picture.height {
      for x in 0..<picture.width where picture[x: x, y: y].red > 127 {
        sum += SIMD2(Float(x) + 0.5, Float(y) + 0.5)
        count += 1
      }
    }
    return count > 0 ? [SIMD2<Float>](repeating: sum / count, count: 68) : nil
  }

  /// A bright square of 8×8 in a dark face of 64×64.
  private func face(x: Int, y: Int) -> Tensor {
    var values = [Float](repeating: 0, count: 64 * 64 * 3)
    for row in y..<y + 8 {
      for at in (row * 64 + x) * 3..<(row * 64 + x + 8) * 3 { values[at] = 1 }
    }
    return Tensor(shape: [1, 64, 64, 3], values: values)
  }

  private func landmarks(exact: SIMD2<Float>) -> GroundTruthLandmarks {
    var points = [SIMD2<Float>](repeating: exact, count: 68)
    (points[36], points[45]) = (SIMD2(98, 100), SIMD2(158, 180))  // 100 pixels apart
    return GroundTruthLandmarks(
      truths: face(x: 28, y: 28),
      pictures: [Image(width: 256, height: 256, filled: Color(0, 0, 0))], landmarks: [points],
      find: find)
  }

  @Test func theErrorIsInPercentOfTheDistanceOfTheEyes() throws {
    // 2 pixels of the face are 5 of the picture.
    let known = landmarks(exact: SIMD2(128, 128))
    let error = try #require(known.errors(of: face(x: 30, y: 28))[0])
    #expect(abs(error - 5) < 0.01)
    #expect(known.errors(of: face(x: 28, y: 28)) == [0])
  }

  @Test func whatTheFinderGetsWrongInBothCancels() throws {
    // The finder sees the middle at 128; the points are 10 pixels away. Two are eyes' corners.
    let known = landmarks(exact: SIMD2(128, 138))
    #expect(known.errors(of: face(x: 28, y: 28)) == [0])
    #expect(try #require(known.finderErrors[0]) > 9)
  }

  @Test func whereNoLandmarksAreFoundThereIsNoFigure() {
    let dark = Tensor(zeros: [1, 64, 64, 3])
    #expect(landmarks(exact: SIMD2(128, 128)).errors(of: dark) == [nil])
  }

  @Test func aFaceIsPastedWhereItWasTaken() {
    let image = Image.waves(side: 256)
    let pasted = image.pasted(Tensor(zeros: [1, 64, 64, 3]), at: 0)
    #expect(pasted[x: 47, y: 128] == image[x: 47, y: 128])
    #expect(pasted[x: 48, y: 48] == Color(0, 0, 0) && pasted[x: 207, y: 207] == Color(0, 0, 0))
    #expect(pasted[x: 208, y: 128] == image[x: 208, y: 128])
  }
}
