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

  /// Validates with the ROC AUC of the logits on validation faces, per frame.
  public mutating func evaluate(
    on faces: DetectorFaces
  ) -> (validation: DetectorValidation, isBest: Bool) {
    evaluate { $0.areaUnderCurve(on: faces) }
  }

  /// The detector with the weights that are validated and used.
  public mutating func detector() -> NetworkDetector {
    average?.swap()
    defer { average?.swap() }
    return NetworkDetector(network, input: settings.input, settings: DetectorText.json(settings))
  }
}

extension NetworkDetector {
  /// The logits of faces, which are decoded on demand.
  public func logits(of faces: DetectorFaces) -> [Double] {
    stride(from: 0, to: faces.count, by: NetworkDetector.batch).flatMap { first in
      logits(
        of: (first..<min(first + NetworkDetector.batch, faces.count)).map { faces[$0] })
    }
  }

  /// The ROC AUC on faces; ½ if a class is missing, or a logit is not finite.
  public func areaUnderCurve(on faces: DetectorFaces) -> Double {
    let logits = logits(of: faces)
    guard logits.allSatisfy(\.isFinite) else { return 0.5 }
    let samples = ScoredSamples<Frames>(
      logits: logits, labels: faces.labels, groups: faces.labels.indices.map(String.init))
    let ranked = RankedSamples(samples, threshold: 0.5)
    return ranked.values(weights: [Int](repeating: 1, count: ranked.groupCount))[.rocAUC] ?? 0.5
  }
}
