import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

/// A clip of drawn eyes that close at known times.
///
/// - Parameters:
///   - blinks: their middles, in seconds; each lasts 0.24 seconds.
///   - told: the share of a closing that the landmarks tell.
func blinkingClip(
  _ blinks: [Double], times: [Double], told: Double = 0.6, isClosed: Bool = false,
  lids: Double = 1
) -> FaceClip {
  let side = 256
  let mean = MeanFace.aligned.map { SIMD2<Float>($0) }
  let frames = times.map { time -> FaceClip.Frame in
    let closing = blinks.map { max(0, 1 - abs(time - $0) / 0.16) }.max() ?? 0
    let open = isClosed ? 0.05 : 1 - closing
    var pixels = [UInt8](repeating: 170, count: 3 * side * side)
    func paint(_ x: Int, _ y: Int, _ level: Double) {
      for channel in 0..<3 { pixels[3 * (y * side + x) + channel] = UInt8(level) }
    }
    var points = mean
    for first in [36, 42] {
      let center = (mean[first] + mean[first + 3]) / 2
      for y in Int(center.y) - 14...Int(center.y) + 14 {
        for x in Int(center.x) - 20...Int(center.x) + 20 {
          let (dx, dy) = (Double(Float(x) + 0.5 - center.x), Double(Float(y) + 0.5 - center.y))
          let lash = abs(dy) < 1 && abs(dx) < 12
          let inside = open > 0 && dx * dx / 144 + dy * dy / (25 * open * open) < 1
          let iris = dx * dx + dy * dy < 22
          paint(x, y, lash ? 60 : inside ? iris ? 40 : 210 : 170 * lids)
        }
      }
      let shown = isClosed ? 0.2 : 1 - told * closing
      for offset in [1, 2, 4, 5] {
        points[first + offset].y = center.y + (points[first + offset].y - center.y) * Float(shown)
      }
    }
    var frame = FaceClip.Frame(crop: Image(width: side, height: side, pixels: pixels))
    (frame.landmarks, frame.time) = (points, time)
    return frame
  }
  return FaceClip(frames, rate: 25)
}

@Suite struct BlinkTests {
  private func measured(_ clip: FaceClip) throws -> BlinkSignal.Measurement {
    guard case .measured(let measurement) = BlinkSignal().measure(clip) else {
      Issue.record("\(BlinkSignal().measure(clip))")
      throw DetectionError.library(call: "measure", reason: "not applicable")
    }
    return measurement
  }

  private let even = (0..<150).map { Double($0) / 25 }

  /// Closings that landmarks tell wholly, and such that they under-report.
  @Test(arguments: [1.0, 0.6, 0.35])
  func blinksAreFoundAtTheirTimes(told: Double) throws {
    let truth = [1.2, 3.0, 4.8]
    let measurement = try measured(blinkingClip(truth, times: even, told: told))
    #expect(measurement.trace.blinks.count == 3)
    for (blink, time) in zip(measurement.trace.blinks, truth) {
      #expect(abs(blink.time - time) <= 2.0 / 25)
      #expect((0.08...0.36).contains(blink.duration))
    }
    let features = BlinkSignal().features(of: measurement)
    #expect(features.count == BlinkSignal.features.count && abs(features[0] - 30) < 0.1)
  }

  @Test func timesCountNotNumbersOfFrames() throws {
    let times = even.enumerated().map { $0 % 2 == 0 ? $1 : $1 + 0.015 }
    let blinks = try measured(blinkingClip([2, 4], times: times)).trace.blinks
    #expect(blinks.count == 2 && abs(blinks[0].time - 2) < 0.06 && abs(blinks[1].time - 4) < 0.06)
  }

  @Test func openEyesDoNotBlink() throws {
    let measurement = try measured(blinkingClip([], times: even))
    #expect(measurement.trace.blinks.isEmpty)
    let evidence = BlinkEvidence(measurement)
    #expect(
      evidence.sentence(of: "the face")
        == "Blinks: the eyes of the face do not close within 6.0 seconds.")
    #expect(try evidence.drawn().width >= 900)
  }

  @Test func theEvidenceTellsTheTimes() throws {
    let evidence = BlinkEvidence(try measured(blinkingClip([2, 4], times: even)))
    #expect(
      evidence.sentence(of: "the face").hasPrefix(
        "Blinks: the eyes of the face close 2 times within 6.0 seconds, for 0."))
    #expect(evidence.sentence(of: "the face").hasSuffix("at 2.00, 4.00 seconds."))
    #expect(evidence.rate == 20 && evidence.measurements.count == 7)
  }

  @Test func whatCannotBeMeasuredIsSaid() {
    func reason(_ clip: FaceClip) -> String? {
      guard case .notApplicable(let reason) = BlinkSignal().measure(clip) else { return nil }
      return reason
    }
    #expect(
      reason(blinkingClip([], times: even, isClosed: true)) == "the eyes are closed throughout")
    #expect(
      reason(blinkingClip([], times: even, lids: 0.1)) == "dark glasses or shadows cover the eyes")
    #expect(
      reason(blinkingClip([], times: even.map { $0 * 5 }))
        == "its frames are 0.20 seconds apart, and a blink lasts 0.1 to 0.4")
    var small = blinkingClip([], times: even)
    small = FaceClip(
      small.frames.map { frame in
        var frame = frame
        frame.matrix = AffineMap.identity.scaled(by: 3)
        return frame
      }, rate: 25)
    #expect(reason(small) == "the eyes are 8 of the 12 pixels wide that are needed")
  }
}

/// Clips whose closed eyes were marked by looking at every frame.
@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct RealBlinkTests {
  /// The frames in the middle of closings among the first 150; of `blink09`, where hands and turns
  /// hide the eyes for a while, those in plain view.
  static let marked = [
    ("blink03", [31, 90]), ("blink04", [118]), ("blink07_first5s", [35, 95]), ("blink08", []),
    ("blink09", [58, 106, 130]), ("blink10", [2, 70, 124]), ("talkingface_short", [51]),
  ]

  @Test(arguments: marked)
  func blinksAreFoundWithinTwoFrames(name: String, truth: [Int]) throws {
    let path = try #require(RealData.folder) + "/dev/blink/\(name).mp4"
    let clip = try faceClip(of: path, most: 150)
    let states = clip.frames.map { EyeState(in: $0.crop.luma, $0.landmarks ?? [], by: .carried) }
    let trace = BlinkTrace(times: clip.frames.compactMap(\.time), states: states)
    let found = trace.blinks.map { ($0, clip.frames[$0.frame].number ?? 0) }
    let step = 1 / (clip.rate ?? 25)
    // A closing lasts some frames: its middle must lie in or within two frames of the one found.
    let hits = truth.count { frame in
      found.contains { abs(Double($0.1 - frame)) <= 2 + $0.0.duration / step / 2 }
    }
    print("\(name): \(hits) of \(truth.count) blinks, \(found.count) found at \(found.map(\.1))")
    #expect(hits == truth.count)
    let more = ["blink03": 2, "blink09": 3][name] ?? 1
    #expect(found.count <= truth.count + more)
  }
}

/// The first frames of the largest face of a video, as a detector is given them.
func faceClip(of path: String, most: Int) throws -> FaceClip {
  let reader = try VideoReader(reading: path)
  let tracker = ClipTracker(finder: try FaceFinder(), extent: .largest)
  var (frames, before): ([FaceClip.Frame], [TrackedFace]) = ([], [])
  var (batch, pictures): ([(Int, Double)], [Image]) = ([], [])
  func flush() throws {
    guard !pictures.isEmpty else { return }
    let tracks = try tracker.track(pictures, after: before)
    for (index, picture) in pictures.enumerated() {
      guard let face = tracks.compactMap({ $0[index] }).max(by: { $0.box.width < $1.box.width })
      else { continue }
      frames.append(
        FaceClip.Frame(face, in: picture, number: batch[index].0, time: batch[index].1))
      before = [face]
    }
    (batch, pictures) = ([], [])
  }
  while frames.count + pictures.count < most, let frame = try reader.next() {
    batch.append((frame.number, frame.time))
    pictures.append(try frame.picture())
    if pictures.count == 32 { try flush() }
  }
  try flush()
  return FaceClip(frames, rate: reader.info.frameRate?.value)
}

/// A still head in three lights, without a known rate.
@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct RealPulseTests {
  @Test(arguments: [25, 50, 100])
  func aRateIsPlausibleOrNotTold(light: Int) throws {
    let path = try #require(RealData.folder) + "/dev/pulse/hschn_\(light)_light.mp4"
    let clip = try faceClip(of: path, most: 500)
    guard case .measured(let measurement) = PulseSignal().measure(clip) else {
      Issue.record("\(PulseSignal().measure(clip))")
      return
    }
    let evidence = PulseEvidence(measurement)
    print("\(light) % light: \(evidence.sentence(of: "the face"))")
    print(
      evidence.regions.map { "\($0.name) \($0.rate) \($0.signalToNoise)" },
      60 * measurement.chrom.rate, measurement.chrom.signalToNoise)
    if let rate = evidence.beatsPerMinute { #expect((48...110).contains(rate)) }
  }
}
