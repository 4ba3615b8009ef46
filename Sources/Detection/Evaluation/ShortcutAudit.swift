import Engine
public import Faces

/// ROC AUC of shortcut baselines: classifiers that see no face but file size, border or mean color.
///
/// A detector may learn any of these instead of the forgery. Each is a logistic regression on
/// standardized features, cross-validated over groups.
public struct ShortcutAudit: Codable, Equatable, Sendable {
  /// The result of one baseline.
  public struct Finding: Codable, Equatable, Sendable {
    /// Its name, such as "file size".
    public let shortcut: String
    /// ROC AUC of held-out samples: 0.5 is chance.
    public let auc: MetricEstimate
  }

  /// One for each baseline, the highest ROC AUC first.
  public let findings: [Finding]

  /// - Parameters:
  ///   - features: by shortcut, a vector for each sample; all vectors of one shortcut have the same
  ///     length.
  ///   - groups: the group of each sample, which must not be on both sides: a name for each
  ///     connected component of identities and clips.
  ///   - folds: at least 2; each label must occur in as many groups.
  /// - Throws: `oneClass` or `tooFewGroups` if the samples cannot be split.
  public init(
    features: [String: [[Double]]], labels: [Label], groups: [String], folds: Int = 5,
    bootstrap: Bootstrap = Bootstrap()
  ) throws(DetectionError) {
    let division = try Folds(
      of: labels, groups: groups, count: folds, randomness: bootstrap.randomness.split(-1))
    var findings: [Finding] = []
    for (shortcut, rows) in features.sorted(by: { $0.key < $1.key }) {
      precondition(rows.count == labels.count, "\(rows.count) samples of '\(shortcut)'")
      let ranks = try division.ranks(of: FeatureMatrix(rows: rows), labels)
      let samples = ScoredSamples<Frames>(probabilities: ranks, labels: labels, groups: groups)
      let auc = Evaluation(of: samples, bootstrap: bootstrap).metrics[.rocAUC]
      findings.append(
        Finding(
          shortcut: shortcut, auc: auc ?? MetricEstimate(value: nil, interval: nil, reason: nil)))
    }
    self.findings = findings.sorted {
      ($0.auc.value ?? 0, $1.shortcut) > ($1.auc.value ?? 0, $0.shortcut)
    }
  }
}

extension Folds {
  /// The rank of each sample within its fold, 0…1, by a regression trained on the other folds.
  ///
  /// Ranks instead of scores: the regressions of two folds differ by an offset that depends on
  /// their training labels, and pooling their scores would make an uninformative shortcut look
  /// worse than chance.
  fileprivate func ranks(
    of samples: FeatureMatrix, _ labels: [Label]
  ) throws(DetectionError) -> [Double] {
    var ranks = [Double](repeating: 0, count: labels.count)
    for fold in 0..<count {
      let (learned, held) = (training(without: fold), held(fold))
      guard !held.isEmpty else { continue }
      let training = samples.selecting(learned)
      let standardizer = Standardizer(of: training)
      let model = try LogisticRegression(isBalanced: true).model(
        of: standardizer(training), labels: learned.map { labels[$0] })
      let scores = model.scores(of: standardizer(samples.selecting(held)))
      let order = scores.indices.sorted { scores[$0] < scores[$1] }
      var start = 0
      while start < order.count {
        var end = start + 1
        while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
        for place in start..<end {
          ranks[held[order[place]]] = Double(start + end) / Double(2 * order.count)
        }
        start = end
      }
    }
    return ranks
  }
}
