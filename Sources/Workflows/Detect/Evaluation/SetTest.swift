import Detection
import Engine
import Faces

/// Scores samples with detectors, once each, and says how good that is.
struct SetTest {
  let models: [DetectorModels.Model]
  let pictures: SamplePictures
  /// By detector, in the order of `models`: a logit for each picture, the clip's where a detector
  /// scores clips as a whole; nil where it is not applicable.
  let logits: [[Double?]]
  /// By detector: why samples have no score, and how many for each reason.
  private let reasons: [[String: Int]]

  init(_ models: [DetectorModels.Model], on pictures: SamplePictures) throws(DetectionError) {
    (self.models, self.pictures) = (models, pictures)
    let clips = pictures.labeledClips()
    var (logits, reasons): ([[Double?]], [[String: Int]]) = ([], [])
    for model in models {
      let scores = try model.scores(of: clips)
      let own = zip(scores, clips.lengths).flatMap { $0.logits(byFrame: $1) }
      let counts = Dictionary(scores.compactMap(\.reason).map { ($0, 1) }, uniquingKeysWith: +)
      if own.allSatisfy({ $0 == nil }), let reason = counts.keys.min() {
        throw .notApplicable(detector: model.name, reason: reason)
      }
      logits.append(own)
      reasons.append(counts)
    }
    (self.logits, self.reasons) = (logits, reasons)
  }

  /// The metrics of each detector, and of all together where there are several.
  ///
  /// - Parameter point: the operating point of all together, chosen on validation samples.
  func metrics(
    ensemble: Ensemble, at point: OperatingPoint
  ) throws(DetectionError) -> [DetectorMetrics] {
    var all: [DetectorMetrics] = []
    for (index, model) in models.enumerated() {
      all.append(
        try metrics(
          model.kind.rawValue, model: model.name, model.operatingPoint, scored(index),
          notApplicable: reasons[index]))
    }
    guard models.count > 1 else { return all }
    all.append(try metrics("ensemble", model: nil, point, together(ensemble)))
    return all
  }

  private func metrics(
    _ name: String, model: String?, _ point: OperatingPoint, _ scored: Scored,
    notApplicable: [String: Int] = [:]
  ) throws(DetectionError) -> DetectorMetrics {
    let videos = pictures.videos
    return try DetectorMetrics(
      name, model: model, operatingPoint: point, scored: scored.samples,
      samples: scored.places.map { pictures.samples[$0] },
      videos: scored.places.map { videos[$0] }, notApplicable: notApplicable)
  }

  /// The best operating point of all together, if these are validation samples.
  func bestPoint(_ ensemble: Ensemble) throws(DetectionError) -> OperatingPoint {
    try OperatingPoint(bestOf: together(ensemble).samples, on: "validation")
  }

  /// The error rates of all together at the mean of their thresholds, if these are validation samples.
  var meanPoint: OperatingPoint {
    let threshold = models.map(\.threshold).reduce(0, +) / Double(models.count)
    let samples = together(.mean).samples
    return OperatingPoint(
      threshold: threshold,
      rates: ErrorRates(of: samples, threshold: threshold, on: "validation"))
  }

  /// How often samples of a probability are fake, by detector, and of all together.
  func reliability(_ ensemble: Ensemble) -> [String: [ReliabilityBin]] {
    var bins = Dictionary(
      models.indices.map { (models[$0].kind.rawValue, scored($0).samples.reliability) },
      uniquingKeysWith: { first, _ in first })
    if models.count > 1 { bins["ensemble"] = together(ensemble).samples.reliability }
    return bins
  }

  /// How much better the first detector ranks than each of the others, with intervals.
  var differences: [String: PairedDifference<Frames>] {
    var differences: [String: PairedDifference<Frames>] = [:]
    for index in models.indices.dropFirst() {
      let both = pictures.samples.indices.filter {
        logits[0][$0] != nil && logits[index][$0] != nil
      }
      differences[models[index].kind.rawValue] = PairedDifference(
        in: .rocAUC, (scored(0, both), models[0].threshold),
        (scored(index, both), models[index].threshold))
    }
    return differences
  }

  /// Scores, and the places of the pictures that they are of.
  private typealias Scored = (samples: ScoredSamples<Frames>, places: [Int])

  /// The pictures that one detector has scored.
  private func scored(_ index: Int) -> Scored {
    let places = pictures.samples.indices.filter { logits[index][$0] != nil }
    return (scored(index, places), places)
  }

  private func scored(_ index: Int, _ places: [Int]) -> ScoredSamples<Frames> {
    let (labels, groups) = (pictures.labels, pictures.groups)
    return ScoredSamples<Frames>(
      logits: places.compactMap { logits[index][$0] }, calibration: models[index].calibration,
      labels: places.map { labels[$0] }, groups: places.map { groups[$0] })
  }

  /// The pictures that any detector has scored.
  private func together(_ ensemble: Ensemble) -> Scored {
    let each = zip(models, logits).map { model, own in
      own.map { $0.map(model.calibration.probability) }
    }
    let places = pictures.samples.indices.filter { place in each.contains { $0[place] != nil } }
    let (labels, groups) = (pictures.labels, pictures.groups)
    let samples = ScoredSamples<Frames>(
      probabilities: places.map { place in ensemble(each.compactMap { $0[place] }) },
      labels: places.map { labels[$0] }, groups: places.map { groups[$0] })
    return (samples, places)
  }
}
