import Detection
import Engine
import Faces

/// Scores samples with detectors, once each, and says how good that is.
struct SetTest {
  /// The logits by detector, in the order of `models`.
  let logits: [[Double]]
  let models: [DetectorModels.Model]
  let pictures: SamplePictures

  init(_ models: [DetectorModels.Model], on pictures: SamplePictures) throws(DetectionError) {
    (self.models, self.pictures) = (models, pictures)
    logits = try models.map { model throws(DetectionError) in try model.scores(of: pictures) }
  }

  /// The figures of each detector, and of all together where there are several.
  ///
  /// - Parameter threshold: that of all together, chosen on validation samples.
  func figures(
    ensemble: Ensemble, threshold: Double
  ) throws(DetectionError) -> [DetectorMetrics] {
    var figures: [DetectorMetrics] = []
    for (model, own) in zip(models, logits) {
      figures.append(
        try DetectorMetrics(
          model.kind.rawValue, model: model.name, threshold: model.threshold,
          scored: scored(own, model.calibration), samples: pictures.samples,
          videos: pictures.videos))
    }
    guard models.count > 1 else { return figures }
    figures.append(
      try DetectorMetrics(
        "ensemble", model: nil, threshold: threshold, scored: together(ensemble),
        samples: pictures.samples, videos: pictures.videos))
    return figures
  }

  /// The threshold of all together, if these are validation samples.
  func threshold(_ ensemble: Ensemble) throws(DetectionError) -> Double {
    try together(ensemble).bestThreshold()
  }

  /// How often samples of a probability are fake, by detector, and of all together.
  func reliability(_ ensemble: Ensemble) -> [String: [ReliabilityBin]] {
    var bins = Dictionary(
      zip(models, logits).map { ($0.kind.rawValue, scored($1, $0.calibration).reliability) },
      uniquingKeysWith: { first, _ in first })
    if models.count > 1 { bins["ensemble"] = together(ensemble).reliability }
    return bins
  }

  private func scored(_ logits: [Double], _ calibration: Calibration) -> ScoredSamples<Frames> {
    ScoredSamples<Frames>(
      logits: logits, calibration: calibration, labels: pictures.labels, groups: pictures.groups)
  }

  private func together(_ ensemble: Ensemble) -> ScoredSamples<Frames> {
    let each = zip(models, logits).map { model, own in own.map(model.calibration.probability) }
    return ScoredSamples<Frames>(
      probabilities: (0..<pictures.count).map { index in ensemble(each.map { $0[index] }) },
      labels: pictures.labels, groups: pictures.groups)
  }
}
