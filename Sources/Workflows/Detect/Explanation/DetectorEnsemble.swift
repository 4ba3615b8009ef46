import Detection
import Foundation
import Records

/// The detectors that score a file, and the results of their training.
struct DetectorEnsemble {
  let models: [DetectorModels.Model]
  /// How their scores are combined.
  let ensemble: Ensemble
  /// The results of their training; nil where they are not known.
  let results: DetectResults?

  /// What a person's score is, to be read inside a sentence.
  var measure: String {
    isVote
      ? "mean share of detectors that say \(DetectorEnsemble.two(Ensemble.voteThreshold)) or more"
      : "mean probability of fake"
  }

  /// Where the threshold comes from, to be read inside a sentence.
  var rule: String {
    if isVote { return "the threshold is half of the detectors" }
    guard models.allSatisfy({ $0.trained.operatingPoint != nil }) else {
      return "the threshold was not chosen on validation pictures for every detector"
    }
    return models.count == 1
      ? "the threshold was chosen on validation pictures"
      : "the threshold is the mean of the detectors' own, chosen on validation pictures"
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

  private static func two(_ value: Double) -> String { NumberText.fixed(value, 2) }
}
