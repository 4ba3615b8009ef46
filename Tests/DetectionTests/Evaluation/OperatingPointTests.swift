import Detection
import Faces
import Testing

@Suite struct OperatingPointTests {
  private let samples = ScoredSamples<Frames>(
    probabilities: [0.1, 0.2, 0.3, 0.6, 0.35, 0.7, 0.8, 0.9],
    labels: [.real, .real, .real, .real, .fake, .fake, .fake, .fake],
    groups: (0..<8).map(String.init))

  @Test func aVerdictIsSaidWithItsThresholdAndErrorRates() throws {
    let rates = try #require(ErrorRates(of: samples, threshold: 0.44, on: "validation"))
    #expect(rates.falsePositive == 0.25 && rates.falseNegative == 0.25 && rates.count == 8)
    let point = OperatingPoint(threshold: 0.44, rates: rates)
    let measured = "(validation: false positive rate 25.0 %, false negative rate 25.0 %, n = 8)"
    #expect(
      point.statement(of: 0.45)
        == "fake: score 0.45, at or above the threshold 0.44 \(measured)")
    #expect(point.statement(of: 0.12) == "real: score 0.12, below the threshold 0.44 \(measured)")
    #expect("\(point)" == "threshold 0.44 \(measured)")
  }

  @Test func whatWasNotMeasuredIsSaidToo() {
    let point = OperatingPoint(threshold: 0.5)
    #expect(
      point.statement(of: 0.5)
        == "fake: score 0.50, at or above the threshold 0.50 (error rates not measured)")
    #expect(point.isFake(0.5) && !point.isFake(0.4999))
  }

  @Test func aVerdictNeverContradictsItselfByRounding() {
    let point = OperatingPoint(threshold: 0.4449)
    #expect(
      point.statement(of: 0.4441)
        == "real: score 0.444, below the threshold 0.445 (error rates not measured)")
    #expect(
      point.statement(of: 0.4451)
        == "fake: score 0.45, at or above the threshold 0.44 (error rates not measured)")
  }

  @Test func theBestThresholdBringsItsErrorRates() throws {
    let point = try OperatingPoint(bestOf: samples, on: "validation")
    let threshold = try samples.bestThreshold()
    #expect(point.threshold == threshold)
    #expect(point.rates == ErrorRates(of: samples, threshold: threshold, on: "validation"))
  }

  @Test func oneClassHasNoErrorRates() {
    let real = ScoredSamples<Frames>(probabilities: [0.2], labels: [.real], groups: ["a"])
    #expect(ErrorRates(of: real, threshold: 0.5, on: "validation") == nil)
  }
}
