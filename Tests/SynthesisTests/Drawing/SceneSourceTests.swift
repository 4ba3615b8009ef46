import Engine
import Testing

@testable import Faces
@testable import Synthesis

@Suite struct SceneSourceTests {
  private func source(
    seed: UInt64 = 7, person: Int = 0, _ kind: SceneSource.Kind = .portraits
  ) -> SceneSource {
    SceneSource(seed: seed, person: person, kind: kind, poses: .limit)
  }

  @Test(arguments: [SceneSource.Kind.portraits, .sequence])
  func aSceneFollowsFromSeedPersonAndPictureAlone(kind: SceneSource.Kind) {
    let forwards = (0..<30).map(source(kind).scene)
    let backwards = Engine.ThreadPool.map(30) { source(kind).scene(29 - $0) }
    #expect(forwards == backwards.reversed())
    #expect(source(seed: 8, kind).scene(3) != forwards[3])
    #expect(source(person: 1, kind).scene(3) != forwards[3])
    #expect(forwards[3] != forwards[4])
  }

  @Test func aPersonLooksTheSameInEveryKindOfSet() {
    let still = SceneSource(
      seed: 7, person: 2, kind: .portraits, poses: PoseRange(degrees: 0, 0, 0))
    #expect(still.identity == source(person: 2, .sequence).identity)
    #expect(still.scene(5).identity == still.identity)
    let pose = still.scene(5).pose
    #expect(pose.yaw == 0 && pose.pitch == 0 && pose.roll == 0)
  }

  @Test(arguments: [SceneSource.Kind.portraits, .sequence])
  func allStaysWithinItsLimits(kind: SceneSource.Kind) throws {
    for person in 0..<4 {
      for number in 0..<250 {
        let scene = source(person: person, kind).scene(number * 3)
        for (name, value) in try numbers(of: scene.expression) {
          let range = ["jawShift", "gazeYaw", "gazePitch"].contains(name) ? -0.6...0.6 : 0...1.0
          #expect(range.contains(value), "\(name) is \(value)")
        }
        let pose = scene.pose
        #expect(abs(pose.yaw) <= PoseRange.limit.yaw && abs(pose.pitch) <= PoseRange.limit.pitch)
        #expect(abs(pose.roll) <= PoseRange.limit.roll)
        #expect((60...98).contains(scene.camera.jpegQuality))
        #expect((-1...1).contains(scene.light.warmth) && (0...1).contains(scene.light.contrast))
        #expect((0.85...1.15).contains(scene.camera.zoom))
      }
    }
  }

  @Test func headsTurnAsFarAsIsAsked() {
    let scenes = (0..<400).map(source().scene)
    #expect(scenes.map { abs($0.pose.yaw) }.max() ?? 0 > 0.8 * PoseRange.limit.yaw)
    #expect(scenes.map { abs($0.pose.pitch) }.max() ?? 0 > 0.8 * PoseRange.limit.pitch)
    #expect(scenes.map { abs($0.pose.roll) }.max() ?? 0 > 0.8 * PoseRange.limit.roll)
  }

  @Test func theHeldOutStretchIsOfOtherClips() {
    let scenes = (0..<400).map(source().scene)
    let cut = FaceFolder.cut(400, holdout: 0.15)
    let (learned, heldOut) = (scenes[..<cut], scenes[cut...])
    let places = Set(learned.map(\.backdrop.grain))
    #expect(places.count == 17)
    #expect(heldOut.allSatisfy { !places.contains($0.backdrop.grain) })
    #expect(Set(heldOut.map(\.backdrop.grain)).count == 3)
  }

  @Test func aClipKeepsItsPlaceAndItsLightChangesSlowly() {
    let clip = (0..<SceneSource.clipLength).map(source().scene)
    #expect(Set(clip.map(\.backdrop.grain)).count == 1)
    #expect(Set(clip.map(\.camera.distance)).count == 1)
    #expect(Set(clip.map(\.camera.grain)).count == clip.count)
    for (one, next) in zip(clip, clip.dropFirst()) {
      #expect(abs(one.light.azimuth - next.light.azimuth) < 0.25)
      #expect(abs(one.light.exposure - next.light.exposure) < 0.25)
      #expect(one.light != next.light)
    }
  }

  @Test func noHeldOutPictureIsNearlyOneThatIsLearnt() {
    let scenes = (0..<400).map(source().scene)
    let cut = FaceFolder.cut(400, holdout: 0.15)
    func features(_ scene: Scene) -> SIMD8<Float> {
      let face = scene.expression
      return SIMD8(
        scene.pose.yaw, scene.pose.pitch, face.jawOpen, face.smileLeft, face.browLower,
        face.gazeYaw, scene.light.azimuth, scene.light.elevation)
    }
    let all = scenes.map(features)
    let nearest = all[cut...].map { heldOut in
      all[..<cut].map { (($0 - heldOut) * ($0 - heldOut)).sum() }.min() ?? 0
    }
    #expect(nearest.min() ?? 0 > 0.0001)
  }
}
