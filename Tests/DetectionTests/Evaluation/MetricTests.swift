import Faces
import Foundation
import Testing

@testable import Detection

/// What `Golden/metrics.py` had scikit-learn say.
struct MetricCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let scores: [Double]
  let labels: [Label]
  let threshold: Double
  let metrics: [String: Double?]
  let confusion: [Int]
  let roc: [[Double]]?

  var testDescription: String { name }
  var samples: ScoredSamples<Frames> {
    ScoredSamples(logits: scores, labels: labels, groups: scores.indices.map { "clip \($0 % 7)" })
  }

  static let all: [MetricCase] = {
    struct File: Decodable { let cases: [MetricCase] }
    return (try? golden("metrics", as: File.self).cases) ?? []
  }()
}

@Suite struct MetricTests {
  @Test func theGoldenFileIsThere() { #expect(MetricCase.all.count > 10) }

  @Test(arguments: MetricCase.all)
  func figuresAreScikitLearns(expected: MetricCase) throws {
    let evaluation = Evaluation(of: expected.samples, threshold: expected.threshold)
    for metric in Metric.allCases {
      let value = try #require(expected.metrics[metric.rawValue], "\(metric)")
      let estimate = try #require(evaluation.metrics[metric])
      guard let value else {
        #expect(estimate.value == nil && estimate.reason != nil, "\(metric)")
        continue
      }
      let ours = try #require(estimate.value, "\(metric)")
      #expect(abs(ours - value) <= 1e-9, "\(metric): \(ours), not \(value)")
    }
    let matrix = evaluation.confusion
    #expect(
      [
        matrix.trueNegatives, matrix.falsePositives, matrix.falseNegatives, matrix.truePositives,
      ] == expected.confusion)
  }

  @Test(arguments: MetricCase.all)
  func theCurveIsScikitLearns(expected: MetricCase) throws {
    let curve = expected.samples.rocCurve
    guard let roc = expected.roc else {
      #expect(curve == nil)
      return
    }
    let points = try #require(curve)
    try #require(points.count == roc[0].count)
    for (point, (falsePositives, truePositives)) in zip(points, zip(roc[0], roc[1])) {
      #expect(abs(point.falsePositiveRate - falsePositives) < 1e-12)
      #expect(abs(point.truePositiveRate - truePositives) < 1e-12)
    }
  }

  @Test func whatIsNotDefinedSaysWhy() {
    let none = Evaluation(of: ScoredSamples<Frames>(probabilities: [], labels: [], groups: []))
    #expect(none.metrics[.accuracy]?.reason == "no samples")
    let reals = Evaluation(
      of: ScoredSamples<Frames>(
        probabilities: [0.1, 0.2], labels: [.real, .real], groups: ["a", "b"]))
    #expect(reals.metrics[.rocAUC]?.reason == "no fake samples")
    #expect(reals.metrics[.precision]?.reason == "no fake predictions")
    #expect(reals.metrics[.f1]?.reason == "no fake samples and no fake predictions")
    #expect(reals.metrics[.accuracy]?.value == 1)
  }

  @Test func reliabilityBinsHoldEverySample() throws {
    let samples = try #require(MetricCase.all.first).samples
    let bins = samples.reliability
    #expect(bins.count == 15 && bins.reduce(0) { $0 + $1.count } == samples.count)
    let error = bins.reduce(0.0) { sum, bin in
      let gap = abs((bin.meanProbability ?? 0) - (bin.fakeShare ?? 0))
      return sum + gap * Double(bin.count) / Double(samples.count)
    }
    #expect(abs(error - (Evaluation(of: samples)[.calibrationError] ?? 1)) < 1e-12)
  }

  @Test func theConstantAnswerGetsNoMoreThanTheLargerClass() {
    let labels: [Label] = [.real, .real, .real, .fake]
    let evaluation = Evaluation(
      of: ScoredSamples<Frames>(
        probabilities: [0.1, 0.2, 0.3, 0.9], labels: labels, groups: ["a", "b", "c", "d"]))
    #expect(evaluation.constant[.accuracy]?.value == 0.75)
    #expect(evaluation.constant[.balancedAccuracy]?.value == 0.5)
    #expect(evaluation.constant[.rocAUC]?.value == 0.5)
    #expect(evaluation.constant[.averagePrecision]?.value == 0.25)
    #expect(evaluation.constant[.precision]?.reason == "no fake predictions")
  }

  @Test func skewIsTold() {
    let even = ClassBalance(of: [.real, .fake])
    #expect(even.warning == nil)
    let skewed = ClassBalance(of: [Label](repeating: .real, count: 19) + [.fake])
    #expect(
      skewed.warning
        == "Unbalanced classes, 19 real and 1 fake samples: always predicting 'real' has an accuracy of "
        + "95.0 %. Use the balanced accuracy.")
  }

  @Test func figuresAreNamedInJSON() throws {
    let samples = try #require(MetricCase.all.first).samples
    let evaluation = Evaluation(of: samples)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(evaluation)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("\"level\":\"frame\"") && text.contains("\"roc_auc\":{"))
    #expect(try JSONDecoder().decode(Evaluation<Frames>.self, from: data) == evaluation)
  }
}
