import Engine
import Faces
import Foundation
import Media
import Testing

@testable import Synthesis

@Suite struct RendererTests {
  @Test func theAverageFaceIsFramedAsACropIs() {
    let portrait = Scene().rendered(side: 256, isClean: true)
    let points = portrait.landmarks.map(\.position)
    let left = (36..<42).map { points[$0] }.reduce(.zero, +) / 6
    let right = (42..<48).map { points[$0] }.reduce(.zero, +) / 6
    #expect(abs(right.x - left.x - 60) < 3)
    #expect(abs((left.y + right.y) / 2 - 98) < 3)
    #expect(abs(points[8].y - 207) < 7)
  }

  @Test func theSameSceneGivesTheSameBitsOnEveryThread() {
    var scene = Scene()
    scene.pose.yaw = 0.3
    scene.pulse = Pulse()
    scene.camera.sensor = Sensor(camera: 4)
    let scenes = [scene, Scene(), scene]
    let alone = ThreadPool.with(threads: 1) { ThreadPool.map(3) { scenes[$0].rendered(side: 64) } }
    let together = ThreadPool.with(threads: 3) {
      ThreadPool.map(3) { scenes[$0].rendered(side: 64) }
    }
    for (first, second) in zip(alone, together) {
      #expect(first.image == second.image)
      #expect(first.landmarks == second.landmarks)
      #expect(first.mask == second.mask)
      #expect(first.depth == second.depth)
    }
    #expect(alone[0].image == alone[2].image)
    #expect(alone[0].image != alone[1].image)
  }

  @Test func aCleanPictureHasNeitherNoiseNorFile() {
    var scene = Scene()
    scene.camera.jpegQuality = 30
    scene.camera.noise = 10
    let clean = scene.rendered(side: 64, isClean: true)
    scene.camera.grain = 5
    #expect(scene.rendered(side: 64, isClean: true).image == clean.image)
    let noisy = scene.rendered(side: 64)
    scene.camera.grain = 6
    #expect(scene.rendered(side: 64).image != noisy.image)
    #expect(noisy.mask == clean.mask)
    scene.camera.noise = 0
    let written = scene.rendered(side: 64)
    scene.camera.jpegQuality = 100
    #expect(written.image != scene.rendered(side: 64).image)
  }

  @Test func noiseHasTheDeviationThatWasAskedFor() {
    let gray = [SIMD3<Float>](repeating: SIMD3(repeating: 0.2), count: 128 * 128)
    var camera = Camera()
    (camera.noise, camera.vignette, camera.jpegQuality) = (4, 0, 100)
    let film = Film(camera, exposure: 0)
    let (clean, noisy) = (
      film.developed(gray, side: 128, isClean: true),
      film.developed(gray, side: 128, isClean: false)
    )
    let squares = zip(clean.pixels, noisy.pixels).map { pow(Double($0) - Double($1), 2) }
    let deviation = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    #expect((3.2...4.8).contains(deviation), "\(deviation)")
  }

  @Test func landmarksBehindSomethingAreHidden() {
    let plate = Mesh.plate(from: SIMD2(-3, -8), to: SIMD2(3, 3), z: 8)
    let points: [SIMD3<Float>] = [
      SIMD3(0, 0, 3), SIMD3(0, 0, 8), SIMD3(6, 0, 0), SIMD3(60, 0, 0),
    ]
    let seen = Renderer(Scene(), side: 128).portrait(
      of: [.ball(), plate], landmarks: points, isClean: true
    ).landmarks.map(\.isVisible)
    #expect(seen == [false, true, true, false])
  }

  @Test func theFarSideOfATurnedFaceIsHidden() {
    var scene = Scene()
    #expect(scene.rendered(side: 128, isClean: true).landmarks[17...].allSatisfy { $0.isVisible })
    scene.pose.yaw = 0.78
    let turned = scene.rendered(side: 128, isClean: true).landmarks
    #expect(!turned[14].isVisible)
    #expect(turned[2].isVisible)
  }

  @Test func depthIsTheDistanceFromTheCamera() {
    var scene = Scene()
    scene.camera.distance = 90
    let portrait = Renderer(scene, side: 64).portrait(
      of: [.plate(from: SIMD2(-4, -8), to: SIMD2(4, 2), z: 2)], landmarks: [], isClean: true)
    #expect(abs(portrait.depth[32 * 64 + 32] - 88) < 0.01)
    #expect(portrait.depth[0] == .infinity)
    #expect(portrait.mask[32 * 64 + 32] == 255)
    #expect(portrait.mask[0] == 0)
  }

  @Test(arguments: Backdrop.Kind.allCases)
  func everyPlaceFillsThePicture(kind: Backdrop.Kind) {
    var backdrop = Backdrop()
    backdrop.kind = kind
    backdrop.grain = 12
    let colors = backdrop.drawn(side: 64)
    #expect(colors.count == 64 * 64)
    #expect(colors.allSatisfy { $0.min() >= 0 && $0.max() < 8 })
    #expect(backdrop.drawn(side: 64) == colors)
  }
}
