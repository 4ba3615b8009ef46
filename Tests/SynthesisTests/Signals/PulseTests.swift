import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Synthesis

@Suite struct PulseTests {
  @Test func aHeartBeatsAtItsRateWithALittleVariability() {
    for rate in [45.0, 72, 150] {
      let heart = Heart(RandomSource(seed: 3), rate: rate, strength: nil, melanin: 0.3)
      let beats = heart.beats(before: 120)
      #expect(abs(heart.rate(before: 120) - rate) < 0.1)
      #expect(abs(Double(beats.count) - 2 * rate) <= 1)
      let gaps = zip(beats, beats.dropFirst()).map { $1 - $0 }
      #expect(gaps.allSatisfy { abs($0 * rate / 60 - 1) < 0.12 })
      let mean = gaps.reduce(0, +) / Double(gaps.count)
      let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
      #expect((0.005...0.08).contains(variance.squareRoot()))
      for beat in beats {
        let phase = heart.pulse(at: beat).phase
        #expect(min(phase, 1 - phase) < 1e-3)
      }
    }
  }

  @Test func heartsDiffer() {
    let hearts = (0..<40).map {
      Heart(RandomSource(seed: UInt64($0)), rate: nil, strength: nil, melanin: 0.2)
    }
    #expect(hearts.allSatisfy { Heart.rates.contains($0.rate) })
    #expect(hearts.allSatisfy { (0.0035...0.0091).contains($0.strength) })
    #expect(Set(hearts.map(\.rate)).count == 40)
  }

  @Test func theWaveRisesSteeplyAndHasANotch() {
    let wave = (0..<1000).map { PulseWave.value(at: Float($0) / 1000) }
    #expect(abs(wave.reduce(0, +)) < 0.01)
    #expect(abs((wave.max() ?? 0) - (wave.min() ?? 0) - 1) < 1e-3)
    let peaks = wave.indices.filter {
      wave[$0] > wave[($0 + 999) % 1000] && wave[$0] >= wave[($0 + 1) % 1000]
    }
    #expect(peaks.count == 2)
    #expect(wave[peaks[0]] > wave[peaks[1]])
    #expect(abs(PulseWave.value(at: 0.3) - PulseWave.value(at: -2.7)) < 1e-5)
  }

  @Test func onlySkinPulses() {
    var scene = Scene()
    scene.camera.jpegQuality = nil
    func picture(_ phase: Float, strength: Float = 0.2) -> Portrait {
      var pulse = Pulse()
      (pulse.phase, pulse.strength) = (phase, strength)
      scene.pulse = pulse
      return scene.rendered(side: 96, isClean: true)
    }
    let (full, empty) = (picture(0.25), picture(0))
    let points = full.landmarks.map(\.position)
    func change(at point: SIMD2<Float>) -> Int {
      let at = (Int(point.y) * 96 + Int(point.x)) * 3
      return Int(empty.image.pixels[at + 1]) - Int(full.image.pixels[at + 1])
    }
    // Cheeks and forehead, but neither pupils nor background.
    #expect(change(at: (points[2] + points[31]) / 2) > 8)
    #expect(change(at: (points[21] + points[22]) / 2 - SIMD2(0, 10)) > 8)
    let pupil = (points[37] + points[38] + points[40] + points[41]) / 4
    #expect(abs(change(at: pupil)) <= 2)
    #expect(change(at: SIMD2(2, 2)) == 0)
    // Green most.
    let cheek = (Int(points[2].y) * 96 + Int((points[2].x + points[31].x) / 2)) * 3
    func ratio(_ part: Int) -> Float {
      Float(full.image.pixels[cheek + part]) / Float(empty.image.pixels[cheek + part])
    }
    #expect(ratio(1) < ratio(2) && ratio(2) < ratio(0))
    let none = picture(0.25, strength: 0)
    scene.pulse = nil
    #expect(none.image == scene.rendered(side: 96, isClean: true).image)
  }

  @Test func withoutNoiseTheCheeksShowTheRate() throws {
    let source = PulseTests.source(heartRate: 66)
    let frames = 200
    let still = source.scene(0)
    let colors = ThreadPool.map(frames) { number in
      var scene = still
      scene.pulse = source.scene(number).pulse
      let portrait = scene.rendered(side: 64, isClean: true)
      return PulseTests.skin(portrait.image, portrait.landmarks.map(\.position))
    }
    let green = colors.map(\.y)
    let truth = try #require(source.signals(frames: frames).pulse)
    #expect(abs(PulseTests.rate(of: green, 25) - truth.rate) < 1)
    // The strength is that of the forehead's reflectance.
    let mean = green.reduce(0, +) / Double(frames)
    let change = ((green.max() ?? 0) - (green.min() ?? 0)) / mean
    #expect((0.2...1.2).contains(change / truth.strength), "\(change) of \(truth.strength)")
  }

  @Test(arguments: [58.0, 91])
  func atRealisticNoiseTheRateOfATalkingPersonIsFound(heartRate: Double) throws {
    let source = PulseTests.source(heartRate: heartRate)
    let frames = 200
    let colors = ThreadPool.map(frames) { number in
      var scene = source.scene(number)
      scene.camera.jpegQuality = nil
      let portrait = scene.rendered(side: 96)
      return PulseTests.skin(portrait.image, portrait.landmarks.map(\.position))
    }
    let truth = try #require(source.signals(frames: frames).pulse)
    let found = PulseTests.rate(of: PulseTests.pos(colors, 25), 25)
    #expect(abs(found - truth.rate) < 3, "\(found) instead of \(truth.rate)")
  }

  private static func source(heartRate: Double) -> SceneSource {
    var signals = SignalSettings()
    signals.heartRate = heartRate
    return SceneSource(
      seed: 21, person: 0, kind: .sequence, poses: PoseRange(degrees: 4, 3, 2), signals: signals)
  }

  /// The mean color of both cheeks.
  static func skin(_ image: Image, _ points: [SIMD2<Float>]) -> SIMD3<Double> {
    var (sum, count) = (SIMD3<Double>.zero, 0.0)
    for (jaw, nose, eye) in [(2, 31, 41), (14, 35, 46)] {
      let low = pointwiseMin(points[jaw], points[nose])
      let high = pointwiseMax(points[jaw], points[nose])
      let (left, right) = (low.x + 0.2 * (high.x - low.x), high.x - 0.1 * (high.x - low.x))
      let top = points[eye].y + 0.35 * (points[nose].y - points[eye].y)
      for y in Int(top)...Int(points[nose].y) {
        for x in Int(left)...Int(right) {
          let at = (y * image.width + x) * 3
          sum += SIMD3(
            Double(image.pixels[at]), Double(image.pixels[at + 1]), Double(image.pixels[at + 2]))
          count += 1
        }
      }
    }
    return sum / count
  }

  /// The plane orthogonal to skin (Wang and others 2017), over windows of 1.6 seconds.
  static func pos(_ colors: [SIMD3<Double>], _ framesPerSecond: Double) -> [Double] {
    let length = Int((1.6 * framesPerSecond).rounded(.up))
    var pulse = [Double](repeating: 0, count: colors.count)
    for start in 0...(colors.count - length) {
      let window = colors[start..<start + length]
      let mean = window.reduce(.zero, +) / Double(length)
      let normal = window.map { $0 / mean }
      let first = normal.map { $0.y - $0.z }
      let second = normal.map { $0.y + $0.z - 2 * $0.x }
      func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
          .squareRoot()
      }
      let scale = deviation(first) / max(deviation(second), 1e-12)
      let sum = zip(first, second).map { $0 + scale * $1 }
      let middle = sum.reduce(0, +) / Double(length)
      for (offset, value) in sum.enumerated() { pulse[start + offset] += value - middle }
    }
    return pulse
  }

  /// The strongest frequency between 40 and 180, per minute.
  static func rate(of signal: [Double], _ framesPerSecond: Double) -> Double {
    let mean = signal.reduce(0, +) / Double(signal.count)
    func power(_ rate: Double) -> Double {
      var (real, imaginary) = (0.0, 0.0)
      for (number, value) in signal.enumerated() {
        let window = 0.5 - 0.5 * cos(2 * .pi * (Double(number) + 0.5) / Double(signal.count))
        let angle = 2 * .pi * rate / 60 * Double(number) / framesPerSecond
        real += (value - mean) * window * cos(angle)
        imaginary += (value - mean) * window * sin(angle)
      }
      return real * real + imaginary * imaginary
    }
    return stride(from: 40.0, through: 180, by: 0.25).max { power($0) < power($1) } ?? 0
  }
}
