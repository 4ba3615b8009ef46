import Engine
import Faces
import Testing

@testable import Detection

/// Clips of ten frames; all of one clip score alike, a fake 1.5 higher on average.
private func samples(clips: Int, seed: UInt64, gain: Double = 1.5) -> ScoredSamples<Frames> {
  var chance = RandomSource(seed: seed)
  var (logits, labels, groups): ([Double], [Label], [String]) = ([], [], [])
  for clip in 0..<clips {
    let label: Label = clip % 2 == 0 ? .real : .fake
    let level = chance.normal() + (label == .fake ? gain : 0)
    for _ in 0..<10 {
      logits.append(level + 0.1 * chance.normal())
      labels.append(label)
      groups.append("clip \(clip)")
    }
  }
  return ScoredSamples(logits: logits, labels: labels, groups: groups)
}

@Suite struct IntervalTests {
  @Test func theSameForAnyNumberOfThreads() {
    let samples = samples(clips: 20, seed: 1)
    let one = ThreadPool.with(threads: 1) { Evaluation(of: samples) }
    let three = ThreadPool.with(threads: 3) { Evaluation(of: samples) }
    #expect(one == three)
  }

  @Test func framesOfOneClipMakeItNoNarrower() throws {
    let samples = samples(clips: 20, seed: 2)
    let singly = ScoredSamples<Frames>(
      logits: samples.scores, labels: samples.labels,
      groups: samples.scores.indices.map(String.init))
    let together = try #require(Evaluation(of: samples).metrics[.rocAUC]?.interval)
    let apart = try #require(Evaluation(of: singly).metrics[.rocAUC]?.interval)
    #expect(together.high - together.low > 2 * (apart.high - apart.low))
  }

  @Test func aboutNineteenOfTwentyHoldTheTruth() throws {
    // Fakes 1.5 deviations higher: AUC = Φ(1.5 / √2), less the noise of single frames.
    let truth = 0.8544
    let hits = try (0..<100).count { trial in
      var bootstrap = Bootstrap()
      bootstrap.draws = 300
      let drawn = samples(clips: 60, seed: UInt64(1000 + trial))
      let interval = try #require(
        Evaluation(of: drawn, bootstrap: bootstrap).metrics[.rocAUC]?.interval)
      return (interval.low...interval.high).contains(truth)
    }
    #expect((86...100).contains(hits), "\(hits) of 100")
  }

  @Test func oneSourceHasNoInterval() {
    let samples = ScoredSamples<Frames>(
      probabilities: [0.1, 0.9], labels: [.real, .fake], groups: ["a", "a"])
    let estimate = Evaluation(of: samples).metrics[.rocAUC]
    #expect(estimate?.value == 1 && estimate?.interval == nil)
    #expect(estimate?.reason == "all samples are from one source")
  }

  @Test func aDetectorDoesNotDifferFromItself() {
    let samples = samples(clips: 20, seed: 3)
    let paired = PairedDifference(in: .rocAUC, (samples, 0.5), (samples, 0.5))
    #expect(paired.difference.value == 0 && paired.pValue == 1)
    #expect(paired.difference.interval?.low == 0 && paired.difference.interval?.high == 0)
  }

  @Test func aBetterDetectorIsToldFromChance() throws {
    let good = samples(clips: 60, seed: 4, gain: 3)
    var chance = RandomSource(seed: 5)
    let poor = ScoredSamples<Frames>(
      logits: good.scores.map { _ in chance.normal() }, labels: good.labels, groups: good.groups)
    let paired = PairedDifference(in: .rocAUC, (good, 0.5), (poor, 0.5))
    #expect(try #require(paired.pValue) < 0.01)
    #expect(try #require(paired.difference.interval).low > 0.2)
  }

  @Test func pairingSeesWhatTwoIntervalsHide() throws {
    // Slightly noisier scores of the same frames: the intervals overlap, the difference is clear.
    let good = samples(clips: 60, seed: 6)
    var chance = RandomSource(seed: 7)
    let noisy = ScoredSamples<Frames>(
      logits: good.scores.map { $0 + chance.normal() }, labels: good.labels, groups: good.groups)
    let paired = try #require(
      PairedDifference(in: .rocAUC, (good, 0.5), (noisy, 0.5)).difference.interval)
    let one = try #require(Evaluation(of: good).metrics[.rocAUC]?.interval)
    let other = try #require(Evaluation(of: noisy).metrics[.rocAUC]?.interval)
    #expect(paired.low > 0 && other.high > one.low)
  }
}
