import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Detection

/// A texture that moves evenly in one direction; of a fake clip the same frames come in another order.
///
/// Any frame of a fake clip may as well be one of a real clip: only their order tells them apart.
private func drifting(_ count: Int, seed: UInt64) -> LabeledClips {
  let root = RandomSource(seed: seed)
  return LabeledClips(
    ThreadPool.map(count) { index in
      var chance = root.split(index)
      let likely = (0..<4096).map { Float($0) / 4096 * 160 - 80 }
      let texture = Image(width: 26, height: 26, filled: Color(gray: 128))
        .noised(likely, seed: chance.next()).resized(width: 416, height: 416, filter: .lanczos)
      // Up to 150 pixels in 15 steps.
      let step = SIMD2(chance.uniform(5...10), chance.uniform(-5...5))
      var order = Array(0..<16)
      if index % 2 == 1 { order.shuffle(using: &chance) }
      let frames = order.map { number in
        FaceClip.Frame(
          crop: texture.cropped(
            x: Int(5 + step.x * Double(number)), y: Int(80 + step.y * Double(number)), width: 256,
            height: 256))
      }
      return (clip: FaceClip(frames, rate: 25), label: index % 2 == 1 ? Label.fake : .real)
    })
}

@Suite struct TemporalLearningTests {
  /// The share of pairs of a fake and a real clip of which the fake has the higher score.
  private func area(_ detector: NetworkDetector, on clips: LabeledClips) -> Double {
    let logits = detector.scores(of: clips).flatMap(\.logits)
    let fakes = zip(logits, clips.labels).filter { $0.1 == .fake }.map(\.0)
    let reals = zip(logits, clips.labels).filter { $0.1 == .real }.map(\.0)
    let right = fakes.reduce(0) { sum, fake in sum + reals.count { fake > $0 } }
    return Double(right) / Double(fakes.count * reals.count)
  }

  @Test func aNetworkOfClipsLearnsWhatOnlyTheOrderOfFramesTells() throws {
    let steps = 16
    var settings = DetectorSettings(.flow)
    settings.input.side = 32
    settings.batch = 8
    (settings.averageDecay, settings.dropping, settings.shifts) = (0, 0, .none)
    settings.schedule = Schedule(.cosine, floor: 0.1)
    let training = NetworkSamples(of: drifting(32, seed: 1), frames: 16)
    var trainer = DetectorTrainer(settings, samples: training)
    var losses: [Float] = []
    for step in 0..<steps {
      losses.append(try trainer.step(progress: Double(step) / Double(steps)).loss)
    }
    let quarter = steps / 4
    let (first, last) = (
      losses.prefix(quarter).reduce(0, +) / Float(quarter),
      losses.suffix(quarter).reduce(0, +) / Float(quarter)
    )
    #expect(last < 0.6 * first, "\(losses)")
    let area = area(trainer.detector(), on: drifting(24, seed: 2))
    #expect(area > 0.9, "\(area)")
  }
}
