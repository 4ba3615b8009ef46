import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection
@testable import Faces

/// What signals.py computes.
struct SignalGolden: Decodable {
  struct Plane: Decodable {
    let width, height: Int
    let residual, cleaned: [Float]
  }
  struct Pulse: Decodable {
    let region: Int
    let pos, chrom: [Double]
    let rate, ratio: Double
  }
  let planes: [Plane]
  let pulses: [Pulse]
}

/// A sensor with a fixed pattern: each pixel is too bright or too dark by some percent.
struct PatternedSensor {
  let pattern: [Double]
  let side: Int

  init(seed: UInt64, side: Int, strength: Double = 0.02) {
    var chance = RandomSource(seed: seed)
    pattern = (0..<side * side).map { _ in chance.normal(deviation: strength) }
    self.side = side
  }

  /// A picture of a smooth scene, with other noise each time.
  func picture(_ scene: Int, noise: Double = 2) -> Image {
    var chance = RandomSource(seed: UInt64(1000 + scene))
    let phase = Double(scene)
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let light = 130 + 40 * sin(Double(x) / 31 + phase) * cos(Double(y) / 23 - phase)
        let value = light * (1 + pattern[y * side + x]) + chance.normal(deviation: noise)
        let level = UInt8(min(max(value.rounded(), 0), 255))
        pixels += [level, level, level]
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }
}

@Suite struct NoiseTests {
  @Test func residualsAndTheirCleaningAreThoseOfSciPy() throws {
    let golden: SignalGolden = try golden("signals")
    for expected in golden.planes {
      let (width, height) = (expected.width, expected.height)
      var values: [Float] = []
      for y in 0..<height {
        for x in 0..<width {
          let wave = 60 * sin(Double(x) / 9) * cos(Double(y) / 7)
          values.append(Float(120 + wave + Double((x * x * 3 + y * y * 5 + x * y * 7) % 251) / 25))
        }
      }
      let residual = NoiseResidual.of(Plane(width: width, height: height, values: values))
      let cleaned = try residual.cleanedOfOtherPatterns()
      for (index, value) in expected.residual.enumerated() {
        #expect(abs(residual.values[97 * index] - value) < 2e-3)
        #expect(abs(cleaned.values[97 * index] - expected.cleaned[index]) < 5e-3)
      }
    }
  }

  @Test func aWaveletTransformIsUndoneAndKeepsTheEnergy() {
    var chance = RandomSource(seed: 3)
    let values = (0..<48 * 32).map { _ in Float(chance.normal()) }
    let there = Wavelet.forward(values, width: 48, height: 32)
    let back = Wavelet.inverse(there, width: 48, height: 32)
    for (value, same) in zip(values, back) { #expect(abs(value - same) < 1e-5) }
    let energies = [values, there].map { $0.reduce(0) { $0 + $1 * $1 } }
    #expect(abs(energies[0] - energies[1]) < 1e-2)
  }

  @Test func correlationsOverShiftsAreThoseOfLoops() throws {
    var chance = RandomSource(seed: 5)
    let (width, height) = (6, 5)
    let (first, second) = (
      (0..<30).map { _ in Float(chance.normal()) }, (0..<30).map { _ in Float(chance.normal()) }
    )
    let fast = try FourierPair(width: width, height: height).correlation(of: first, with: second)
    for y in 0..<height {
      for x in 0..<width {
        var sum: Float = 0
        for row in 0..<height {
          for column in 0..<width {
            let moved = (row - y + height) % height * width + (column - x + width) % width
            sum += first[row * width + column] * second[moved]
          }
        }
        #expect(abs(fast[y * width + x] - sum) < 1e-4)
      }
    }
  }

  @Test func aPeakIsMeasuredAgainstTheRest() {
    var correlation = [Float](repeating: 1, count: 40 * 30)
    correlation[2 * 40 + 38] = -30
    correlation[5 * 40 + 7] = 20
    let peak = CorrelationPeak(in: correlation, width: 40, height: 30)
    #expect(peak.x == 7 && peak.y == 5)
    // One place of 900 lies in the square around the peak.
    let mean = (Double(40 * 30 - 121 - 1) + 900) / Double(40 * 30 - 121)
    #expect(abs(peak.energy - 400 / mean) < 1e-9)
    let negative = CorrelationPeak(in: correlation, width: 40, height: 30, at: (38, 2))
    #expect(negative.x == -2 && negative.energy < 0)
  }

  @Test func aCameraIsKnownByItsPicturesAndNoOtherIs() throws {
    let cameras = (0..<4).map { PatternedSensor(seed: UInt64($0), side: 128) }
    for (number, camera) in cameras.enumerated() {
      let fingerprint = try CameraFingerprint(of: 6) { camera.picture($0) }
      #expect(fingerprint.pictures == 6)
      for (other, sensor) in cameras.enumerated() {
        let match = try fingerprint.match(sensor.picture(20))
        #expect(match.isSame == (number == other), "\(number), \(other): \(match.energy)")
        if match.isSame { #expect(match.x == 0 && match.y == 0) }
      }
    }
  }

  @Test func aPictureOfACameraOnItsSideMatches() throws {
    let camera = PatternedSensor(seed: 8, side: 128)
    let fingerprint = try CameraFingerprint(of: 6) { camera.picture($0) }
    let match = try fingerprint.match(camera.picture(20).turned(.right))
    #expect(match.isSame && match.x == 0 && match.y == 0, "\(match)")
  }

  @Test func aCroppedPictureIsFoundInTheFingerprint() throws {
    let camera = PatternedSensor(seed: 8, side: 160)
    let fingerprint = try CameraFingerprint(of: 6) { camera.picture($0) }
    let part = camera.picture(20).cropped(x: 24, y: 40, width: 96, height: 96)
    let match = try fingerprint.match(part)
    #expect(match.isSame && match.x == 24 && match.y == 40, "\(match)")
  }

  @Test func picturesOfOtherSizesHaveNoCommonFingerprint() {
    #expect(throws: DetectionError.otherSize(width: 48, height: 48, wanted: "64×64")) {
      _ = try CameraFingerprint(of: 2) {
        PatternedSensor(seed: 1, side: $0 == 0 ? 64 : 48).picture(1)
      }
    }
  }
}

/// A clip of a still face, 120 pixels wide, seen by one sensor; the face of a forgery has no pattern.
func sensedClip(_ seed: UInt64, isForged: Bool, frames count: Int = 16) -> FaceClip {
  let side = 320
  let sensor = PatternedSensor(seed: seed, side: side)
  let clean = PatternedSensor(seed: 0, side: side, strength: 0)
  let points = meanFace(width: 120, at: SIMD2(160, 90))
  let hull = FaceHull(landmarks: points, includesForehead: true).coverage(width: side, height: side)
  // One scene throughout, as a still camera sees it.
  var scene = sensor.picture(3, noise: 0)
  if isForged { scene = clean.picture(3, noise: 0).mixed(with: scene, by: hull.map { 1 - $0 }) }
  var chance = RandomSource(seed: seed &+ 77)
  let noise = (0..<50_021).map { _ in Int(chance.normal(deviation: 2).rounded()) }
  let pictures = (0..<count).map { number in
    var picture = scene
    for place in 0..<side * side {
      let change = noise[(place + 7919 * number) % noise.count]
      for channel in 3 * place..<3 * place + 3 {
        picture.pixels[channel] = UInt8(min(max(Int(picture.pixels[channel]) + change, 0), 255))
      }
    }
    return picture
  }
  let face = TrackedFace(
    landmarks: points, score: 1, thumbnail: Thumbnail(of: pictures[0], landmarks: points))
  let frames = pictures.enumerated().map { number, picture in
    FaceClip.Frame(face, in: picture, number: number, time: Double(number) / 25)
  }
  return FaceClip(frames, rate: 25, source: SourceFrames(pictures))
}

/// The mean face in a picture: `width` is that of its box, whose upper edge has its middle at `place`.
func meanFace(width: Double, at place: SIMD2<Double>) -> [SIMD2<Float>] {
  MeanFace.points.map { SIMD2<Float>(place + width * SIMD2($0.x, $0.y)) }
}

@Suite struct NoiseSignalTests {
  private func measured(_ clip: FaceClip, _ basis: NoiseSignal.Basis) throws
    -> NoiseSignal.Measurement
  {
    guard case .measured(let measurement) = NoiseSignal(basis).measure(clip) else {
      Issue.record("\(NoiseSignal(basis).measure(clip))")
      throw DetectionError.library(call: "measure", reason: "not applicable")
    }
    return measurement
  }

  @Test(arguments: [NoiseSignal.Basis.source, .crops])
  func aForgedFaceLacksTheSensorOfItsSurroundings(basis: NoiseSignal.Basis) throws {
    let (real, fake) = (
      try measured(sensedClip(1, isForged: false), basis),
      try measured(sensedClip(1, isForged: true), basis)
    )
    #expect(real.face > 0.3 && real.surroundings > 0.3, "\(real.face) \(real.surroundings)")
    #expect(fake.face < real.face / 2 && fake.surroundings > 0.3, "\(fake.face)")
    #expect(real.faceEnergy > 60 && fake.faceEnergy < real.faceEnergy / 4)
    let evidence = NoiseEvidence(fake)
    #expect(
      evidence.sentence(of: "the face").hasPrefix("Sensor noise: the patterns of both halves"))
    #expect(try evidence.drawn().width > 700)
  }

  @Test func whatCannotBeMeasuredIsSaid() {
    let signal = NoiseSignal(.source)
    var clip = sensedClip(1, isForged: false)
    let bare = FaceClip(
      clip.frames.map { FaceClip.Frame(crop: $0.crop, landmarks: $0.landmarks) },
      source: clip.source)
    guard case .notApplicable(let reason) = signal.measure(bare) else {
      Issue.record("measured")
      return
    }
    #expect(reason == "the place of the face in the source frames is not known")
    let flat = Image(width: 320, height: 320, filled: Color(32, 33, 36))
    clip.source = SourceFrames([Image](repeating: flat, count: 16))
    guard case .notApplicable(let noise) = signal.measure(clip) else {
      Issue.record("measured")
      return
    }
    #expect(noise == "the frames have no noise, which every sensor leaves")
    clip.source = nil
    #expect(signal.requirements.lack(of: clip) == "the source frames are not available")
  }

  @Test func aDetectorIsTrainedOnClipsAndItsFileScoresTheSame() throws {
    let clips = (0..<4).flatMap { number in
      [false, true].map { isForged in
        (clip: sensedClip(UInt64(number), isForged: isForged), label: isForged ? Label.fake : .real)
      }
    }
    let labeled = LabeledClips(clips)
    let folder = try TemporaryFolder()
    var trained: (any Detector)?
    let context = DetectorTraining(
      training: labeled, validation: labeled, budget: DetectorBudget(iterations: 1),
      latest: folder.path("latest"), program: "test", keep: { trained = $0 })
    try #require(DetectorRegistry.standard[.prnu]).train(context, nil)
    let detector = try #require(trained)
    let scores = detector.scores(of: labeled).flatMap(\.logits)
    for (score, label) in zip(scores, labeled.labels) { #expect((score > 0) == (label == .fake)) }
    let path = folder.path("prnu.safetensors")
    try TrainedDetector(detector).write(to: path)
    let read = try TrainedDetector(reading: path, as: .prnu)
    #expect(read.detector.scores(of: labeled).flatMap(\.logits) == scores)
    #expect(read.detector.requirements.sourcePixels)
    var checkpoint = TrainedDetector(detector).checkpoint
    checkpoint.metadata["features"] = "others"
    try checkpoint.write(to: path)
    #expect(
      throws: DetectionError.unusableDetector(
        path: path, reason: "it was trained on other features than this version of dflab measures")
    ) { _ = try TrainedDetector(reading: path) }

    let stills = LabeledClips(
      clips.map { (FaceClip(still: $0.clip.frames[0].crop), $0.label) })
    let other = DetectorTraining(
      training: labeled, validation: stills, budget: DetectorBudget(iterations: 1),
      latest: folder.path("latest"), program: "test", keep: { trained = $0 })
    #expect(
      throws: DetectionError.tooFewApplicable(
        detector: "prnu", split: "validation", label: "real", applicable: 0, of: 4, least: 2,
        reason: "the clip has 1 of the 16 consecutive frames needed")
    ) { try #require(DetectorRegistry.standard[.prnu]).train(other, nil) }
  }
}

/// Real cameras of the Dresden image database.
@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct RealCameraTests {
  @Test func fourBodiesAreToldApart() throws {
    let folder = try #require(RealData.folder) + "/dev/prnu"
    let bodies = ["Nikon_D70_0", "Nikon_D70_1", "Nikon_D70s_0", "Nikon_D70s_1"]
    func pictures(_ body: String, _ kind: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(body)")
        .filter { $0.hasPrefix(kind) }.sorted().map { "\(folder)/\(body)/\($0)" }
    }
    for body in bodies {
      let flats = try pictures(body, "ff")
      let fingerprint = try CameraFingerprint(of: flats.count) { try Image(reading: flats[$0]) }
      for other in bodies {
        for path in try pictures(other, "nat") {
          let match = try fingerprint.match(Image(reading: path))
          print(
            "\(body) \(other) \((path as NSString).lastPathComponent) PCE \(match.energy) at \(match.x), \(match.y)"
          )
          #expect(match.isSame == (body == other))
        }
      }
    }
  }
}
