import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

/// A clip of a face of even skin whose color follows a pulse, by the half of the picture.
///
/// - Parameters:
///   - rates: beats a minute of the left and the right half; 0 for none.
///   - times: of the frames, in seconds.
///   - strength: the change of green, as a share.
func pulsingClip(
  _ rates: (Double, Double), times: [Double], strength: Double = 0.006, brightness: Double = 1
) -> FaceClip {
  let side = 256
  var chance = RandomSource(seed: 4)
  let frames = times.map { time -> FaceClip.Frame in
    let (light, noise) = (1 + 0.02 * sin(0.9 * time), chance.normal(deviation: 0.0004))
    var row: [UInt8] = []
    for column in 0..<side {
      let rate = column < side / 2 ? rates.0 : rates.1
      let beat = rate > 0 ? strength * sin(2 * Double.pi * rate / 60 * time) : 0
      let color =
        SIMD3(170.0, 120, 95) * brightness * light
        * (SIMD3(1, 1, 1) + beat * SIMD3(0.33, 1, 0.55) + noise * SIMD3(1, -1, 0.5))
      // Ordered dither keeps what is less than a gray level.
      let dither = Double(column * 97 % 128) / 128
      row += [UInt8(color.x + dither), UInt8(color.y + dither), UInt8(color.z + dither)]
    }
    var pixels = row
    while pixels.count < side * row.count { pixels += pixels }
    var frame = FaceClip.Frame(crop: Image(width: side, height: side, pixels: pixels))
    frame.landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }
    frame.time = time
    return frame
  }
  return FaceClip(frames, rate: 25)
}

@Suite struct PulseTests {
  private func measured(_ clip: FaceClip) throws -> PulseSignal.Measurement {
    guard case .measured(let measurement) = PulseSignal().measure(clip) else {
      Issue.record("\(PulseSignal().measure(clip))")
      throw DetectionError.library(call: "measure", reason: "not applicable")
    }
    return measurement
  }

  private let even = (0..<200).map { Double($0) / 25 }

  @Test func pulsesAreThoseOfNumPy() throws {
    let golden: SignalGolden = try golden("signals")
    for expected in golden.pulses {
      let region = Double(expected.region)
      let colors = (0..<240).map { index -> SIMD3<Double> in
        let time = Double(index) / 30
        let beat = 0.004 * sin(2 * Double.pi * 1.2 * time + 0.1 * region)
        let light = 1 + 0.05 * sin(2 * Double.pi * 0.3 * time)
        let noise = (Double((index * 7919 + expected.region * 104729) % 101) / 101 - 0.5) * 0.002
        let share =
          light * (SIMD3(1, 1, 1) + beat * SIMD3(0.33, 0.77, 0.53)) + noise * SIMD3(1, -1, 0.5)
        return (SIMD3(180, 120, 90) + 5 * region) * share
      }
      let pos = PulseMethod.pos.pulse(of: colors, rate: 30)
      let chrom = PulseMethod.chrom.pulse(of: colors, rate: 30)
      for (index, value) in expected.pos.enumerated() {
        #expect(abs(pos[13 * index] - value) < 1e-9)
        #expect(abs(chrom[13 * index] - expected.chrom[index]) < 1e-9)
      }
      let spectrum = PulseSpectrum(of: pos, sampledAt: 30)
      #expect(abs(spectrum.rate - expected.rate) < 1e-9)
      #expect(abs(spectrum.signalToNoise - expected.ratio) < 1e-6)
    }
  }

  @Test(arguments: [55.0, 72, 110, 150])
  func theRateOfAHeartIsTold(rate: Double) throws {
    let measurement = try measured(pulsingClip((rate, rate), times: even))
    let evidence = PulseEvidence(measurement)
    #expect(abs(try #require(evidence.beatsPerMinute) - rate) < 3)
    #expect(measurement.coherence > 0.95 && measurement.correlation > 0.8)
    #expect(abs(60 * measurement.chrom.rate - rate) < 3)
  }

  @Test func timesCountNotNumbersOfFrames() throws {
    // Steps of 20 to 60 milliseconds.
    var (times, time) = ([0.0], 0.0)
    while time < 8 {
      time += times.count % 3 == 0 ? 0.06 : times.count % 3 == 1 ? 0.02 : 0.04
      times.append(time)
    }
    let evidence = PulseEvidence(try measured(pulsingClip((80, 80), times: times)))
    #expect(abs(try #require(evidence.beatsPerMinute) - 80) < 3)
  }

  @Test func regionsThatDisagreeAreTold() throws {
    let measurement = try measured(pulsingClip((60, 105), times: even))
    let features = PulseSignal().features(of: measurement)
    #expect(features[4] > 30, "the spread of the rates")
    #expect(measurement.correlation < 0.6)
    #expect(PulseSignal.features.count == features.count)
  }

  @Test func noRateIsMadeUp() throws {
    let evidence = PulseEvidence(try measured(pulsingClip((0, 0), times: even)))
    #expect(evidence.beatsPerMinute == nil)
    #expect(evidence.sentence(of: "the face").contains("shows no rate clearly"))
    #expect(try evidence.drawn().width == 900)
  }

  @Test func noiseSeldomLooksLikeAPulse() {
    let root = RandomSource(seed: 12)
    let chances = ThreadPool.map(300) { index -> Double in
      var chance = root.split(index)
      return PulseSpectrum(of: (0..<300).map { _ in chance.normal() }, sampledAt: 30).chance
    }
    // The probability is what it says, or errs toward caution.
    #expect(chances.count { $0 <= 0.1 } <= 36 && chances.count { $0 <= 0.01 } <= 7)
    #expect(chances.count { $0 <= 0.5 } >= 30)
    var chance = root.split(300)
    let beats = (0..<300).map { sin(2 * Double.pi * 1.2 * Double($0) / 30) + chance.normal() }
    #expect(PulseSpectrum(of: beats, sampledAt: 30).chance < 1e-6)
    #expect(PulseSpectrum(of: [Double](repeating: 1, count: 300), sampledAt: 30).chance == 1)
  }

  @Test func whatCannotBeMeasuredIsSaid() {
    func reason(_ clip: FaceClip) -> String? {
      guard case .notApplicable(let reason) = PulseSignal().measure(clip) else { return nil }
      return reason
    }
    #expect(
      reason(pulsingClip((60, 60), times: even, brightness: 0.02))
        == "the forehead is too dark, too bright or not in the picture")
    #expect(
      reason(pulsingClip((60, 60), times: (0..<48).map { Double($0) / 5 }))
        == "the clip has 5 of the 8 frames a second that a pulse needs")
    let still = FaceClip(still: Image(width: 8, height: 8, filled: Color(1, 2, 3)))
    #expect(
      PulseSignal().requirements.lack(of: still)
        == "the clip has 1 of the 48 consecutive frames needed")
    #expect(
      PulseSignal().requirements.lack(of: pulsingClip((60, 60), times: Array(even.prefix(100))))
        == "the clip lasts 4.0 of the 6 seconds needed")
  }
}
