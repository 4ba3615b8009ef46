import Engine
public import Faces

/// The cross-validated performance of a classifier.
public struct CrossValidation: Codable, Equatable, Sendable {
  /// A description of the classifier.
  public let classifier: String
  /// The mean of the folds' accuracies, with the interval of the accuracy over all samples,
  /// resampled by group, or by sample without groups.
  public let accuracy: MetricEstimate
  /// The accuracy of each fold.
  public let folds: [Double]
  /// The mean ROC AUC over the folds with both classes.
  public let auc: Double?

  /// Nil when stopped.
  ///
  /// - Parameters:
  ///   - isStandardized: true to standardize each feature with the mean and deviation of the
  ///     training samples.
  ///   - groups: the group of each sample; nil if samples are independent.
  ///   - isStopped: whether to stop, asked before each fold on any thread.
  public init?(
    of classifier: SpectrumClassifier, on samples: FeatureMatrix, labels: [Label],
    groups: [String]? = nil, division: Folds, isStandardized: Bool,
    bootstrap: Bootstrap = Bootstrap(), isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(DetectionError) {
    var right = [Double](repeating: 0, count: labels.count)
    var (accuracies, areas): ([Double], [Double]) = ([], [])
    let scored = try CrossValidation.scores(
      of: classifier, on: samples, labels: labels, division: division,
      isStandardized: isStandardized, isStopped: isStopped)
    guard let scored else { return nil }
    for (held, scores) in scored {
      var count = 0
      for (place, score) in zip(held, scores) where (score > 0) == (labels[place] == .fake) {
        right[place] = 1
        count += 1
      }
      accuracies.append(Double(count) / Double(held.count))
      areas += CrossValidation.area(of: scores, held.map { labels[$0] })
    }
    self.classifier = classifier.name
    folds = accuracies
    auc = areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
    accuracy = MetricEstimate(
      value: accuracies.reduce(0, +) / Double(accuracies.count),
      interval: bootstrap.meanInterval(of: right, groups: groups), reason: nil)
  }
}

extension CrossValidation {
  /// The ROC AUC of each fold with both classes, trained on and standardized by the other folds.
  static func areas(
    of classifier: SpectrumClassifier, on samples: FeatureMatrix, labels: [Label], division: Folds
  ) throws(DetectionError) -> [Double] {
    let scored = try scores(
      of: classifier, on: samples, labels: labels, division: division, isStandardized: true,
      isStopped: { false })
    return (scored ?? []).flatMap { held, scores in area(of: scores, held.map { labels[$0] }) }
  }

  /// The samples of each fold with their scores by a model trained on the other folds, in parallel; nil
  /// when stopped.
  private static func scores(
    of classifier: SpectrumClassifier, on samples: FeatureMatrix, labels: [Label],
    division: Folds, isStandardized: Bool, isStopped: @escaping @Sendable () -> Bool
  ) throws(DetectionError) -> [(held: [Int], scores: [Double])]? {
    let folds = (0..<division.count).filter { !division.held($0).isEmpty }
    let results = ThreadPool.map(folds.count) { index in
      Result { () throws(DetectionError) -> (held: [Int], scores: [Double])? in
        if isStopped() { return nil }
        let (learned, held) = (
          division.training(without: folds[index]), division.held(folds[index])
        )
        var (training, test) = (samples.selecting(learned), samples.selecting(held))
        if isStandardized {
          let standardizer = Standardizer(of: training)
          (training, test) = (standardizer(training), standardizer(test))
        }
        let boundary = try classifier.boundary(of: training, labels: learned.map { labels[$0] })
        return (held: held, scores: boundary.scores(of: test))
      }
    }
    var scores: [(held: [Int], scores: [Double])] = []
    for result in results {
      guard let fold = try result.get() else { return nil }
      scores.append(fold)
    }
    return scores
  }

  /// ROC AUC; nil if a class is missing.
  private static func area(of scores: [Double], _ labels: [Label]) -> [Double] {
    let samples = ScoredSamples<Frames>(
      logits: scores, labels: labels, groups: [String](repeating: "", count: labels.count))
    return RankedSamples(samples, threshold: 0.5).values(weights: [1])[.rocAUC].map { [$0] } ?? []
  }
}
