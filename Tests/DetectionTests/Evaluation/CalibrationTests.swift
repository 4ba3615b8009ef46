import Engine
import Faces
import Foundation
import Testing

@testable import Detection

/// Logits that mean what they say, and labels drawn by them.
private func honest(_ count: Int, seed: UInt64) -> (logits: [Double], labels: [Label]) {
  var chance = RandomSource(seed: seed)
  let logits = (0..<count).map { _ in chance.normal(mean: 0, deviation: 2) }
  return (logits, logits.map { chance.uniform() < logistic($0) ? .fake : .real })
}

@Suite struct CalibrationTests {
  @Test func temperatureUndoesAScale() throws {
    let (logits, labels) = honest(4000, seed: 1)
    let calibration = try Calibration(.temperature, logits: logits.map { 5 * $0 }, labels: labels)
    #expect(abs(calibration.slope - 0.2) < 0.02 && calibration.intercept == 0)
  }

  @Test func plattUndoesAScaleAndAShift() throws {
    let (logits, labels) = honest(4000, seed: 2)
    let calibration = try Calibration(.platt, logits: logits.map { 4 * $0 - 12 }, labels: labels)
    #expect(abs(calibration.slope - 0.25) < 0.03 && abs(calibration.intercept - 3) < 0.3)
    let before = ScoredSamples<Frames>(
      logits: logits.map { 4 * $0 - 12 }, labels: labels, groups: logits.indices.map(String.init))
    let after = ScoredSamples<Frames>(
      logits: before.scores, calibration: calibration, labels: labels, groups: before.groups)
    var bootstrap = Bootstrap()
    bootstrap.draws = 2
    let (raw, calibrated) = (
      Evaluation(of: before, bootstrap: bootstrap), Evaluation(of: after, bootstrap: bootstrap)
    )
    #expect(raw[.rocAUC] == calibrated[.rocAUC])
    #expect(try #require(calibrated[.calibrationError]) < 0.03)
    #expect(try #require(raw[.calibrationError]) > 0.2)
  }

  @Test func plattIsScikitLearnsSigmoid() throws {
    // >>> from sklearn.calibration import _sigmoid_calibration as f; import numpy as np
    // >>> f(np.array([-2., -1, -.5, .2, .4, 1, 1.5, 3]), np.array([0, 0, 1, 0, 1, 1, 0, 1]))
    // (-0.444804, 0.140036): p = 1 / (1 + exp(a s + b))
    let calibration = try Calibration(
      .platt, logits: [-2, -1, -0.5, 0.2, 0.4, 1, 1.5, 3],
      labels: [.real, .real, .fake, .real, .fake, .fake, .real, .fake])
    #expect(
      abs(calibration.slope - 0.444804) < 1e-4 && abs(calibration.intercept - (-0.140036)) < 1e-4)
  }

  @Test func aPerfectRankingHasAFiniteSlope() throws {
    let labels: [Label] = [.real, .real, .fake, .fake]
    for method in [Calibration.Method.temperature, .platt] {
      let calibration = try Calibration(method, logits: [-3, -2, 2, 3], labels: labels)
      #expect(calibration.slope > 0 && calibration.slope < 10)
    }
  }

  @Test func aBackwardsRankingKeepsItsOrder() throws {
    let labels: [Label] = [.fake, .fake, .real, .real, .real]
    let calibration = try Calibration(.platt, logits: [-3, -2, 2, 3, 4], labels: labels)
    #expect(calibration.slope > 0)
    #expect(
      abs(calibration.probability(-3) - 0.4) < 0.1 && abs(calibration.probability(4) - 0.4) < 0.1)
  }

  @Test func oneClassCannotBeCalibratedOn() {
    #expect(throws: DetectionError.oneClass(purpose: "Calibration", missing: "fake")) {
      _ = try Calibration(.platt, logits: [1, 2], labels: [.real, .real])
    }
  }

  @Test func theThresholdHasTheGreatestBalancedAccuracy() throws {
    let (logits, labels) = honest(300, seed: 3)
    let samples = ScoredSamples<Frames>(
      logits: logits.map { $0 - 2 }, labels: labels, groups: logits.map { _ in "a" })
    let threshold = try samples.bestThreshold()
    var bootstrap = Bootstrap()
    bootstrap.draws = 1
    func accuracy(_ threshold: Double) -> Double {
      Evaluation(of: samples, threshold: threshold, bootstrap: bootstrap)[.balancedAccuracy] ?? 0
    }
    let best = accuracy(threshold)
    for probability in samples.probabilities { #expect(accuracy(probability) <= best) }
    #expect(best > accuracy(0.5))
  }

  @Test func theThresholdLiesBetweenTheClasses() throws {
    let samples = ScoredSamples<Frames>(
      probabilities: [0.1, 0.2, 0.8, 0.9], labels: [.real, .real, .fake, .fake],
      groups: ["a", "b", "c", "d"])
    #expect(try samples.bestThreshold() == 0.5)
    let backwards = ScoredSamples<Frames>(
      probabilities: [0.9, 0.1], labels: [.real, .fake], groups: ["a", "b"])
    #expect(try backwards.bestThreshold() == 0.5)
  }
}
