import Faces
import Testing

@testable import Detection

@Suite struct OperatingPointTests {
  /// Videos of one frame each; fakes alternate between two methods.
  private func scored(
    real: [Double], fake: [Double]
  ) throws -> (frames: ScoredSamples<Frames>, videos: ScoredVideos) {
    let scores = real + fake
    let names = scores.indices.map { "\(1000 + $0)" }
    let frames = ScoredSamples<Frames>(
      probabilities: scores, labels: real.map { _ in .real } + fake.map { _ in .fake },
      groups: names)
    let methods = real.map { _ in "real" } + fake.indices.map { $0 % 2 == 0 ? "sbi" : "warp" }
    let videos = try ScoredVideos(
      of: frames, videos: names, methods: methods, data: "validation split of 'people'",
      identities: real.count)
    return (frames, videos)
  }

  private func point(real: [Double], fake: [Double]) throws -> OperatingPoint {
    let scored = try scored(real: real, fake: fake)
    return try OperatingPoint(of: scored.frames, videos: scored.videos)
  }

  @Test func aVerdictIsSaidWithItsLimitsAndErrorRates() throws {
    let point = try point(real: [0.1, 0.2, 0.3, 0.6], fake: [0.4, 0.7, 0.8, 0.9])
    #expect(point.fakeAt == (0.6 + 0.7) / 2 && point.realBelow == (0.3 + 0.4) / 2)
    let measured =
      "(validation split of 'people', 4 identities: false alarms 0.0 % (0.0 to 60.2 %) of 4 real "
      + "videos, misses 0.0 % (0.0 to 60.2 %) of 4 fake videos; too few videos for limits of 5 %)"
    #expect(point.statement(of: 0.7) == "fake: score 0.700, at or above 0.650 \(measured)")
    #expect(point.statement(of: 0.12) == "real: score 0.120, below 0.350 \(measured)")
    #expect(
      point.statement(of: 0.5) == "undecided: score 0.500, between 0.350 and 0.650 \(measured)")
    #expect("\(point)" == "fake at 0.650 and above, real below 0.350 \(measured)")
    #expect(point.rates?.undecidedReal == Proportion(1, of: 4))
    #expect(
      point.rates?.missesByMethod == ["sbi": Proportion(0, of: 2), "warp": Proportion(0, of: 2)])
  }

  @Test func whereOneScoreKeepsBothErrorsNothingIsUndecided() throws {
    let point = try point(real: [0.1, 0.2, 0.3], fake: [0.7, 0.8])
    #expect(point.fakeAt == 0.5 && point.realBelow == 0.5 && point.threshold == 0.5)
    #expect(point.verdict(on: 0.5) == .fake && point.verdict(on: 0.4999) == .real)
    #expect("\(point)".hasPrefix("fake at 0.500 and above, otherwise real ("))
  }

  /// Of 59 videos, ⌊60 / 20⌋ − 1 = 2 may get the wrong verdict; of 18, none.
  @Test func fivePercentAreAllowedAndOfFewVideosNone() throws {
    // The classes mix completely: limits lie at the ends.
    let many = (1...59).map { Double($0) / 60 }
    let point = try point(real: many, fake: many.map { $0 - 0.001 })
    let rates = try #require(point.rates)
    #expect(rates.falseAlarms == Proportion(2, of: 59) && rates.misses == Proportion(2, of: 59))
    #expect(point.verdict(on: 0.5) == .undecided)
    let few = (1...18).map { Double($0) / 20 }
    let strict = try #require(try self.point(real: few, fake: few).rates)
    #expect(strict.falseAlarms.count == 0 && strict.misses.count == 0)
  }

  @Test func noScoreIsHighEnoughWhereRealVideosReachOne() throws {
    let point = try point(real: [0.2, 1], fake: [0, 0.9])
    #expect(point.verdict(on: 1) == .undecided && point.verdict(on: 0) == .undecided)
    #expect(point.rates?.falseAlarms.count == 0 && point.rates?.misses.count == 0)
  }

  @Test func verdictsAreOnTheMeanOfAVideo() throws {
    let frames = ScoredSamples<Frames>(
      probabilities: [0.1, 0.9, 0.2, 0.8, 1], labels: [.real, .real, .real, .fake, .fake],
      groups: ["a", "a", "b", "c", "c"])
    let videos = try ScoredVideos(
      of: frames, videos: ["a", "a", "b", "c", "c"],
      methods: ["real", "real", "real", "sbi", "sbi"], data: "test", identities: 3)
    #expect(videos.samples.probabilities == [0.5, 0.2, 0.9] && videos.methods.last == "sbi")
    let point = try OperatingPoint(of: frames, videos: videos)
    #expect(point.fakeAt == 0.7 && point.realBelow == 0.7)
  }

  @Test func whatWasNotMeasuredIsSaidToo() {
    let point = OperatingPoint(threshold: 0.5)
    #expect(
      point.statement(of: 0.5)
        == "fake: score 0.500, at or above 0.500 (error rates not measured)")
  }

  @Test func aVerdictNeverContradictsItselfByRounding() {
    let point = OperatingPoint(threshold: 0.5, fakeAt: 0.80449, realBelow: 0.3)
    #expect(
      point.statement(of: 0.80441)
        == "undecided: score 0.8044, between 0.3000 and 0.8045 (error rates not measured)")
  }

  @Test func aScoreIsComparedWithThoseOfValidationVideos() throws {
    let scores = ScoreDistributions(
      of: try scored(real: [0.1, 0.2, 0.3, 0.6], fake: [0.4, 0.7, 0.8, 0.9]).videos)
    #expect(
      scores.context(of: 0.7).text
        == "Of 4 real videos of the validation split of 'people', 0 % score this high; of 4 fake "
        + "ones, 50 % score this low (sbi 50 %, warp 50 %)")
    #expect(scores.context(of: 0.6).realThisHigh == 0.25)
    #expect(scores.context(of: 0.4).fakeThisLowByMethod == ["sbi": 0.5, "warp": 0])
  }

  @Test func manyScoresAreKeptAsQuantiles() {
    let scores = (0..<150).map { Double($0 * $0) / Double(150 * 150) }
    let kept = ScoreDistribution(of: scores.reversed())
    #expect(kept.count == 150 && kept.scores.count == 101)
    // >>> numpy.quantile(numpy.arange(150)**2 / 150**2, [0, 0.01, 0.5, 0.99, 1])
    for (place, value) in [(0, 0), (1, 0.000110), (50, 0.246689), (99, 0.967087), (100, 0.986711)] {
      #expect(kept.scores[place] == value)
    }
    for score in scores + [0.5, 0.123] {
      let exact = Double(scores.count { $0 >= score }) / 150
      #expect(abs(kept.shareAtLeast(score) - exact) < 0.011)
      #expect(abs(kept.shareAtMost(score) - (1 - exact)) < 0.011)
    }
    #expect(kept.shareAtLeast(0.99) == 0 && kept.shareAtMost(0.99) == 1)
  }
}
