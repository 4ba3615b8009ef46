import Engine
import Faces
import Testing

@testable import Synthesis

/// Synthetic people look like people to those who know nothing of them.
@Suite struct RecognizedFacesTests {
  @Test func dlibFindsThemAndTheirLandmarks() throws {
    let finder = try FaceFinder()
    let poses = PoseRange(degrees: 25, 25, 20)
    let people = 60
    let errors = ThreadPool.map(people) { person -> Result<Float?, FacesError> in
      let source = SceneSource(seed: 11, person: person, kind: .portraits, poses: poses)
      let portrait = source.scene(person * 7).rendered()
      return Result { () throws(FacesError) in
        try finder.find(in: portrait.image).first.map { face in
          RecognizedFacesTests.error(of: face.landmarks, against: portrait.landmarks)
        }
      }
    }
    let found = try errors.compactMap { try $0.get() }
    let mean = found.reduce(0, +) / Float(found.count)
    #expect(Double(found.count) >= 0.97 * Double(people), "\(found.count) of \(people) were found")
    #expect(mean <= 0.06, "of the distance between the eyes' outer corners")
  }

  @Test func dlibFindsNobodyWhereNobodyIs() throws {
    var scene = SceneSource(
      seed: 11, person: 1, kind: .portraits, poses: PoseRange(degrees: 5, 5, 5)
    ).scene(0)
    // Far below the picture.
    scene.camera.shiftY = 3
    #expect(try FaceFinder().find(in: scene.rendered().image).isEmpty)
  }

  /// The mean distance of the inner 51 points, over that of the eyes' outer corners.
  private static func error(of points: [SIMD2<Float>], against truth: [Landmark]) -> Float {
    func length(_ way: SIMD2<Float>) -> Float { (way * way).sum().squareRoot() }
    let sum = (17..<68).reduce(Float(0)) { $0 + length(points[$1] - truth[$1].position) }
    return sum / 51 / length(truth[36].position - truth[45].position)
  }
}
