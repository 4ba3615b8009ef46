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
        #expect((60...98).contains(scene.camera.jpegQuality ?? 0))
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

  @Test func aSequenceHasTheSignalsOfItsSettings() {
    var signals = SignalSettings()
    (signals.framesPerSecond, signals.heartRate, signals.pulseStrength) = (30, 70, 0.02)
    (signals.camera, signals.sensorPattern, signals.blinkRate) = (12, 0.015, 30)
    let source = SceneSource(
      seed: 7, person: 0, kind: .sequence, poses: .limit, signals: signals)
    let scene = source.scene(45)
    #expect(source.time(of: 45) == 1.5)
    #expect(scene.pulse?.strength == 0.02)
    #expect(abs((scene.pulse?.period ?? 0) - 60 / 70) < 0.1)
    #expect(scene.camera.sensor == Sensor(of: 12, pattern: 0.015))
    let truth = source.signals(frames: 1800)
    #expect(truth.blinks.count == 30 && truth.sensor == scene.camera.sensor)
    #expect(abs((truth.pulse?.rate ?? 0) - 70) < 0.2)
    #expect(truth.pulse.map { abs($0.beats.count - 70) <= 1 } == true)
    (signals.pulseStrength, signals.sensorPattern) = (0, 0)
    let plain = SceneSource(seed: 7, person: 0, kind: .sequence, poses: .limit, signals: signals)
    #expect(plain.scene(45).pulse == nil && plain.scene(45).camera.sensor == nil)
    #expect(plain.signals(frames: 10).pulse == nil && plain.signals(frames: 10).sensor == nil)
  }

  @Test func peopleHaveTheirOwnPulseAndCamera() throws {
    let scenes = (0..<8).map { source(person: $0, .sequence).scene(3) }
    #expect(Set(scenes.compactMap(\.camera.sensor?.camera)).count == 8)
    #expect(Set(scenes.compactMap(\.pulse?.strength)).count == 8)
    // A portrait has neither, unless its camera is named.
    let portrait = source().scene(3)
    #expect(portrait.pulse == nil && portrait.camera.sensor == nil)
    var signals = SignalSettings()
    signals.camera = 5
    let taken = SceneSource(
      seed: 7, person: 0, kind: .portraits, poses: .limit, signals: signals
    ).scene(3)
    #expect(taken.camera.sensor == Sensor(of: 5, pattern: nil))
  }
}
