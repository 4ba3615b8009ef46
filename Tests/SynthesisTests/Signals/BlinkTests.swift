import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Synthesis

@Suite struct BlinkTests {
  @Test(arguments: [5.0, 17, 40, 60])
  func blinksComeAtTheRateThatWasAskedFor(rate: Double) {
    let blinks = Blinks(RandomSource(seed: 5), rate: rate).all(before: 3600)
    #expect(abs(Double(blinks.count) - rate * 60) <= 2)
    #expect(blinks.allSatisfy { Blinks.durations.contains($0.end - $0.start) })
    for (one, next) in zip(blinks, blinks.dropFirst()) { #expect(one.end < next.start) }
    let incomplete = blinks.count { !$0.isComplete }
    #expect((0.08...0.22).contains(Double(incomplete) / Double(blinks.count)))
    #expect(blinks.allSatisfy { (0.4...1).contains($0.closure) })
    // Lids close faster than they open.
    #expect(blinks.allSatisfy { $0.peak - $0.start < 0.7 * ($0.end - $0.peak) })
  }

  @Test func peopleBlinkFifteenToTwentyTimesAMinute() {
    let rates = (0..<20).map { seed in
      Double(Blinks(RandomSource(seed: UInt64(seed)), rate: nil).all(before: 1200).count) / 20
    }
    #expect(rates.allSatisfy { (14.9...20.1).contains($0) })
    #expect((rates.max() ?? 0) - (rates.min() ?? 0) > 2)
    #expect(Blinks(RandomSource(seed: 1), rate: 0).all(before: 3600).isEmpty)
  }

  @Test func theLidsFollowTheSchedule() {
    let blinks = Blinks(RandomSource(seed: 9), rate: 20)
    for blink in blinks.all(before: 60) {
      #expect(blinks.closure(at: blink.peak) == blink.closure)
      #expect(blinks.closure(at: blink.start - 1e-3) == 0)
      #expect(blinks.closure(at: blink.end + 1e-3) == 0)
      let middle = blinks.closure(at: (blink.start + blink.peak) / 2)
      #expect(abs(middle - blink.closure / 2) < 1e-9)
    }
  }

  @Test func theEyesOfTheLandmarksCloseAtTheScheduledTimes() throws {
    var signals = SignalSettings()
    signals.framesPerSecond = 30
    let source = SceneSource(
      seed: 4, person: 1, kind: .sequence, poses: PoseRange(degrees: 0, 0, 0), signals: signals)
    let frames = 1800
    let openings = (0..<frames).map { number in
      let scene = source.scene(number)
      return BlinkTests.aspect(
        Head(scene.identity, scene.expression, scene.pose).landmarks.map { SIMD2($0.x, $0.y) })
    }
    let open = openings.sorted()[frames / 2]
    let blinks = source.signals(frames: frames).blinks
    #expect((14...21).contains(blinks.count))
    for blink in blinks {
      let around = (Int(blink.start * 30)...min(Int(blink.end * 30) + 1, frames - 1))
      let lowest = try #require(around.min { openings[$0] < openings[$1] })
      #expect(abs(Double(lowest) / 30 - blink.peak) <= 1.0 / 30)
      if blink.isComplete, blink.end - blink.start > 0.2 { #expect(openings[lowest] < 0.3 * open) }
      if !blink.isComplete { #expect(openings[lowest] > 0.15 * open) }
    }
    let quiet = (0..<frames).filter { frame in
      let time = Double(frame) / 30
      return blinks.allSatisfy { time < $0.start || time > $0.end }
    }
    #expect(quiet.allSatisfy { openings[$0] > 0.5 * open })
  }

  @Test func aForgedFaceMayNeverBlink() throws {
    let clip = SplicedClip(.noBlinks, seed: 4, side: 96, poses: PoseRange(degrees: 0, 0, 0))
    let blink = try #require(
      clip.signals(frames: 500).blinks.first { $0.isComplete && $0.end - $0.start > 0.2 })
    let frame = Int((blink.peak * 25).rounded())
    let closed = BlinkTests.aspect(clip.original(frame).landmarks.map(\.position))
    let open = BlinkTests.aspect(clip.forged(frame).landmarks)
    #expect(closed < 0.4 * open)
  }

  /// The mean eye aspect ratio (Soukupová and Čech 2016).
  static func aspect(_ points: [SIMD2<Float>]) -> Float {
    func length(_ a: Int, _ b: Int) -> Float {
      let way = points[a] - points[b]
      return (way * way).sum().squareRoot()
    }
    return [36, 42].map { first in
      (length(first + 1, first + 5) + length(first + 2, first + 4)) / (2 * length(first, first + 3))
    }.reduce(0, +) / 2
  }
}
