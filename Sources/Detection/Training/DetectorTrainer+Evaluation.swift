import Engine

extension DetectorTrainer {
  /// Validates the averaged weights, which are the ones used.
  ///
  /// - Parameter score: the validation score of a detector; higher is better.
  /// - Returns: the score, and whether it is the best so far.
  public mutating func evaluate(
    _ score: (NetworkDetector) throws -> Double
  ) rethrows -> (validation: DetectorValidation, isBest: Bool) {
    let value = try score(detector())
    let validation = DetectorValidation(
      iteration: state.iteration, seconds: state.seconds, score: value)
    let isBest = state.best.map { value > $0.score } ?? true
    if isBest { state.best = validation }
    state.waited = isBest ? 0 : state.waited + 1
    return (validation, isBest)
  }

  /// Validates with the ROC AUC of the logits on validation samples: per frame, or per clip.
  public mutating func evaluate(
    on samples: NetworkSamples
  ) -> (validation: DetectorValidation, isBest: Bool) {
    evaluate { $0.areaUnderCurve(on: samples) }
  }

  /// The detector with the weights that are validated and used.
  public mutating func detector() -> NetworkDetector {
    average?.swap()
    defer { average?.swap() }
    return NetworkDetector(network, input: settings.input, settings: DetectorText.json(settings))
  }
}

extension NetworkDetector {
  /// The logit of each sample, whose frames are decoded on demand.
  public func logits(of samples: NetworkSamples) -> [Double] {
    logits(ofLengths: (0..<samples.count).map(samples.length)) { samples[$0, frame: $1] }
  }

  /// The ROC AUC on samples; ½ if a class is missing, or a logit is not finite.
  public func areaUnderCurve(on samples: NetworkSamples) -> Double {
    let logits = logits(of: samples)
    guard logits.allSatisfy(\.isFinite) else { return 0.5 }
    let scored = ScoredSamples<Frames>(
      logits: logits, labels: samples.labels, groups: samples.labels.indices.map(String.init))
    let ranked = RankedSamples(scored, threshold: 0.5)
    return ranked.values(weights: [Int](repeating: 1, count: ranked.groupCount))[.rocAUC] ?? 0.5
  }
}
