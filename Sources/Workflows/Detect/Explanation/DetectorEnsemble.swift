import Detection
import Foundation
import Records

/// The detectors that score a file, and the results of their training.
struct DetectorEnsemble {
  let models: [StoredDetector]
  /// How their scores are combined.
  let ensemble: Ensemble
  /// The results of their training; nil where they are not known.
  let results: DetectResults?

  /// What the verdict on the score of all, or of some, of the detectors rests on.
  ///
  /// One has its own limits. Those of a mean were learned when all its detectors were trained together;
  /// otherwise they are the means of the detectors' own, and nobody has measured the error rates. A vote
  /// needs half of the detectors.
  ///
  /// - Parameter applicable: the places of those that have a score.
  func basis(of applicable: [Int]) -> VerdictBasis {
    let chosen = applicable.map { models[$0] }
    if let only = chosen.first, chosen.count == 1 {
      return VerdictBasis(
        point: only.operatingPoint, distributions: only.trained.distributions)
    }
    guard ensemble == .mean else { return VerdictBasis(point: OperatingPoint(threshold: 0.5)) }
    if let learned = results?.ensemble,
      Set(results?.detectors.compactMap(\.model) ?? []) == Set(chosen.map(\.name))
    {
      return learned
    }
    func mean(_ limit: (OperatingPoint) -> Double) -> Double {
      chosen.map { limit($0.operatingPoint) }.reduce(0, +) / Double(chosen.count)
    }
    return VerdictBasis(
      point: OperatingPoint(
        threshold: mean(\.threshold), fakeAt: mean(\.fakeAt), realBelow: mean(\.realBelow)))
  }

  /// Why there is no verdict, each to be read inside a sentence: pictures that are unlike those that one
  /// of some detectors knows, or scores that nobody has calibrated.
  func reasons(against quality: InputQuality, of applicable: [Int]) -> [String] {
    let uncalibrated = applicable.map { models[$0] }.filter(\.trained.isUncalibrated).map {
      "'\($0.name)' is not calibrated; run 'dflab detect --calibrate \($0.name)'"
    }
    return uncalibrated
      + (applicable.map { models[$0].trained.inputRange.reasons(against: quality) }
        .first { !$0.isEmpty } ?? [])
  }

  /// What a person's score is, to be read inside a sentence.
  var measure: String {
    isVote
      ? "mean share of detectors that say \(NumberText.fixed(Ensemble.voteThreshold, 3)) or more"
      : "mean probability of fake"
  }

  /// Where the limits come from, to be read inside a sentence.
  func rule(of applicable: [Int]) -> String {
    if isVote { return "the verdict is that of half of the detectors" }
    let chosen = applicable.map { models[$0] }
    guard chosen.allSatisfy({ $0.trained.operatingPoint != nil }) else {
      return "the limits were not selected on validation videos for every detector"
    }
    return chosen.count == 1 || basis(of: applicable).point.rates != nil
      ? "the limits were selected on validation videos"
      : "the limits are the means of the detectors' own, selected on validation videos"
  }

  /// The reliability diagram on the validation split; nil where it is not known for this ensemble.
  var reliability: [ReliabilityBin]? {
    guard let results else { return nil }
    let kinds = models.map(\.kind.rawValue)
    if let only = kinds.first, kinds.count == 1 { return results.validation[only] }
    let trained = results.detectors.filter { $0.model != nil }.map(\.name)
    return !isVote && Set(trained) == Set(kinds) ? results.validation["ensemble"] : nil
  }

  private var isVote: Bool { ensemble == .vote && models.count > 1 }
}
