import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection
@testable import Faces
@testable import Synthesis

/// Frames of a rendered person with known signals, before a fixed camera, and the same with the face of
/// another inserted, which breaks signals.
private struct RenderedClip: Sendable {
  let truth: SignalTruth
  let genuine, forged: FaceClip
  /// The genuine pictures.
  let pictures: [Image]
  /// How long it lasts, in seconds.
  let seconds: Double

  static let rate = 25.0

  /// A still head for 10 seconds; the inserted face neither blinks nor has a pulse.
  static let still: RenderedClip = {
    var signals = SignalSettings()
    (signals.framesPerSecond, signals.blinkRate) = (rate, 30)
    (signals.heartRate, signals.pulseStrength) = (72, 0.01)
    let clip = SplicedClip(
      .noBlinks, .noPulse, seed: 41, side: 160, poses: PoseRange(degrees: 3, 2, 1.5),
      signals: signals)
    return RenderedClip(clip, side: 160, frames: Array(0..<250))
  }()

  /// 32 frames of a head that moves, a third of a second apart; the inserted face lacks the sensor's
  /// pattern.
  static let moving: RenderedClip = {
    var signals = SignalSettings()
    (signals.framesPerSecond, signals.camera, signals.sensorPattern) = (rate, 5, 0.015)
    let clip = SplicedClip(
      .noPattern, seed: 44, side: 192, poses: PoseRange(degrees: 20, 12, 8), signals: signals)
    return RenderedClip(clip, side: 192, frames: (0..<32).map { 8 * $0 })
  }()

  private init(_ clip: SplicedClip, side: Int, frames: [Int]) {
    seconds = Double((frames.last ?? 0) + 1) / RenderedClip.rate
    truth = clip.signals(frames: (frames.last ?? 0) + 1)
    let originals = ThreadPool.map(frames.count) { clip.original(frames[$0]) }
    func made(_ seen: [(picture: Image, landmarks: [SIMD2<Float>])]) -> FaceClip {
      let own = ThreadPool.map(seen.count) { index -> FaceClip.Frame in
        let (picture, points) = seen[index]
        let face = TrackedFace(
          landmarks: points, score: 1, thumbnail: Thumbnail(of: picture, landmarks: points))
        return FaceClip.Frame(
          face, in: picture, number: frames[index], time: Double(frames[index]) / RenderedClip.rate)
      }
      return FaceClip(own, rate: RenderedClip.rate, source: SourceFrames(seen.map(\.picture)))
    }
    pictures = originals.map(\.image)
    genuine = made(
      originals.map { (picture: $0.image, landmarks: $0.landmarks.map(\.position)) })
    forged = made(
      ThreadPool.map(frames.count) { clip.forged(frames[$0], over: originals[$0].image) })
  }
}

/// The signal detectors against what rendered people are known to do.
@Suite struct RenderedSignalTests {
  private func measured<Signal: ClipSignal>(
    _ signal: Signal, _ clip: FaceClip
  ) throws -> Signal.Measurement {
    switch signal.measure(clip) {
    case .measured(let measurement): return measurement
    case .notApplicable(let reason):
      Issue.record("\(reason)")
      throw DetectionError.notApplicable(detector: Signal.kind.rawValue, reason: reason)
    }
  }

  @Test func blinksAreFoundWithinTwoFramesOfTheirSchedule() throws {
    let clip = RenderedClip.still
    let truth = clip.truth.blinks.filter { $0.peak < clip.seconds }
    let found = try measured(BlinkSignal(), RenderedClip.still.genuine).trace.blinks
    #expect(truth.count >= 4 && found.count == truth.count, "\(found) of \(truth)")
    for (blink, own) in zip(truth, found) {
      #expect(abs(own.time - blink.peak) <= 2 / RenderedClip.rate, "\(own), \(blink)")
      #expect(own.duration <= blink.end - blink.start + 2 / RenderedClip.rate)
      if blink.isComplete { #expect(own.depth > 0.6, "\(own), \(blink)") }
    }
  }

  /// Landmarks as they are found in pictures follow the lids less than those that are known.
  @Test func blinksAreFoundByTheLandmarksOfPictures() throws {
    let clip = RenderedClip.still
    let tracks = try ClipTracker(finder: try FaceFinder(), extent: .largest).track(
      clip.pictures, after: [])
    let frames = clip.pictures.indices.compactMap { index -> FaceClip.Frame? in
      tracks.compactMap { $0[index] }.first.map {
        FaceClip.Frame(
          $0, in: clip.pictures[index], number: index, time: Double(index) / RenderedClip.rate)
      }
    }
    #expect(frames.count == clip.pictures.count)
    let truth = clip.truth.blinks.filter { $0.peak < clip.seconds }
    let found = try measured(BlinkSignal(), FaceClip(frames, rate: RenderedClip.rate)).trace.blinks
    #expect(found.count == truth.count, "\(found) of \(truth)")
    for (blink, own) in zip(truth, found) {
      #expect(abs(own.time - blink.peak) <= 2 / RenderedClip.rate, "\(own), \(blink)")
    }
  }

  @Test func aFaceThatNeverBlinksDoesNot() throws {
    let found = try measured(BlinkSignal(), RenderedClip.still.forged).trace.blinks
    #expect(found.isEmpty, "\(found)")
  }

  @Test func theRateOfTheHeartIsToldAtRealNoise() throws {
    let truth = try #require(RenderedClip.still.truth.pulse)
    let measurement = try measured(PulseSignal(), RenderedClip.still.genuine)
    let evidence = PulseEvidence(measurement)
    let rate = try #require(evidence.beatsPerMinute, "\(evidence)")
    #expect(abs(rate - truth.rate) <= 3, "\(rate) of \(truth.rate)")
    #expect(abs(60 * measurement.chrom.rate - truth.rate) <= 3)
    #expect(evidence.regions.count { abs($0.rate - truth.rate) <= 4 } >= 2)
  }

  @Test func aFaceWithoutAPulseHasNoRate() throws {
    let (real, fake) = (
      try measured(PulseSignal(), RenderedClip.still.genuine),
      try measured(PulseSignal(), RenderedClip.still.forged)
    )
    let evidence = PulseEvidence(fake)
    #expect(evidence.beatsPerMinute == nil)
    #expect(fake.pos.signalToNoise < real.pos.signalToNoise - 2)
  }

  @Test func aFaceWithoutTheSensorsPatternDiffersFromItsSurroundings() throws {
    let (real, fake) = (
      try measured(NoiseSignal(.source), RenderedClip.moving.genuine),
      try measured(NoiseSignal(.source), RenderedClip.moving.forged)
    )
    #expect(real.face > 0.15 && real.surroundings > 0.15, "\(real.face), \(real.surroundings)")
    #expect(abs(fake.surroundings - real.surroundings) < 0.05)
    #expect(fake.face < 0.6 * real.face, "\(fake.face) of \(real.face)")
    #expect(real.faceEnergy > 60 && fake.faceEnergy < 0.4 * real.faceEnergy)
  }

  @Test func theRightCameraOfTenIsFound() throws {
    let (side, cameras) = (256, 10)
    let sensors = (0..<cameras).map { Sensor(of: UInt64($0), pattern: nil) }
    let fingerprints = try ThreadPool.map(cameras) { number in
      Result {
        // Bright, evenly lit pictures.
        let light = [SIMD3<Float>](repeating: SIMD3(repeating: 0.6), count: side * side)
        return try CameraFingerprint(of: 32) { index in
          var camera = Camera()
          (camera.sensor, camera.grain) = (sensors[number], UInt64(1000 * number + index))
          return Film(camera, exposure: 0).developed(light, side: side, isClean: false)
        }
      }
    }.map { try $0.get() }
    // Scenes in different light, each with its own lens and noise, written as JPEG.
    let energies = try ThreadPool.map(50) { number in
      Result {
        var scene = SceneSource(
          seed: 6, person: number, kind: .portraits, poses: .limit
        ).scene(number)
        scene.camera.sensor = sensors[number % cameras]
        let light = scene.backdrop.drawn(side: side)
        let picture = try PictureNoise(
          Film(scene.camera, exposure: 0).developed(light, side: side, isClean: false))
        return try fingerprints.map { try $0.match(picture).energy }
      }
    }.map { try $0.get() }
    var (right, wrong): ([Double], [Double]) = ([], [])
    for (number, own) in energies.enumerated() {
      #expect(own.indices.max { own[$0] < own[$1] } == number % cameras, "\(number): \(own)")
      right.append(own[number % cameras])
      wrong += own.indices.filter { $0 != number % cameras }.map { own[$0] }
    }
    #expect(right.count { $0 >= CameraFingerprint.least } >= 40, "\(right.sorted())")
    #expect(wrong.allSatisfy { $0 < CameraFingerprint.least }, "\(wrong.max() ?? 0)")
  }
}
