public import Faces
import Foundation

/// Scores samples with detectors, once each, and says how good that is.
public struct SetTest {
  public let models: [StoredDetector]
  public let pictures: SamplePictures
  /// Which pictures they are.
  private let data: String
  /// By detector, in the order of `models`: a logit for each picture, the clip's where a detector
  /// scores clips as a whole; nil where it is not applicable.
  public let logits: [[Double?]]
  /// By detector: why samples have no score, and how many for each reason.
  private let reasons: [[String: Int]]

  /// - Parameter data: which pictures they are, such as `test split of 'people'`.
  public init(
    _ models: [StoredDetector], on pictures: SamplePictures, of data: String
  ) throws(DetectionError) {
    (self.models, self.pictures, self.data) = (models, pictures, data)
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

  /// A split of a dataset, as error rates name their data.
  public static func name(of split: Split, in path: String) -> String {
    "\(split.rawValue) split of '\((path as NSString).lastPathComponent)'"
  }

  /// The metrics of each detector, and of their mean score where there are several.
  ///
  /// - Parameter point: the operating point of the mean score, selected on validation samples.
  public func metrics(at point: OperatingPoint) throws(DetectionError) -> [DetectorMetrics] {
    var all: [DetectorMetrics] = []
    for (index, model) in models.enumerated() {
      all.append(
        try metrics(
          model.kind.rawValue, model: model.name, model.operatingPoint, scored(index),
          notApplicable: reasons[index]))
    }
    guard models.count > 1 else { return all }
    all.append(try metrics("ensemble", model: nil, point, together))
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
      videos: scored.places.map { videos[$0] }, data: data, people: pictures.people,
      notApplicable: notApplicable)
  }

  /// The calibrated score of each picture by each detector, as `metrics` names them, and the mean of
  /// several; nil where one has no score.
  public var scores: [(name: String, ofPictures: [Double?])] {
    let each = zip(models, logits).map { model, own in
      (name: model.name, ofPictures: own.map { $0.map(model.calibration.probability) })
    }
    guard models.count > 1 else { return each }
    let mean = pictures.samples.indices.map { place -> Double? in
      let own = each.compactMap { $0.ofPictures[place] }
      return own.isEmpty ? nil : Ensemble.mean(own)
    }
    return each + [(name: "ensemble", ofPictures: mean)]
  }

  /// What verdicts on the mean score rest on, if these are validation samples.
  public var ensemble: VerdictBasis {
    get throws(DetectionError) {
      let (scored, videos) = (together, pictures.videos)
      let byVideo = try ScoredVideos(
        of: scored.samples, videos: scored.places.map { videos[$0] },
        methods: scored.places.map { pictures.samples[$0].method }, data: data,
        identities: pictures.identities)
      return VerdictBasis(
        point: try OperatingPoint(of: scored.samples, videos: byVideo),
        distributions: ScoreDistributions(of: byVideo))
    }
  }

  /// How often samples of a probability are fake, by detector, and of their mean.
  public var reliability: [String: [ReliabilityBin]] {
    var bins = Dictionary(
      models.indices.map { (models[$0].kind.rawValue, scored($0).samples.reliability) },
      uniquingKeysWith: { first, _ in first })
    if models.count > 1 { bins["ensemble"] = together.samples.reliability }
    return bins
  }

  /// How much better the first detector ranks than each of the others, with intervals.
  public var differences: [String: PairedDifference<Frames>] {
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

  /// The pictures that any detector has scored, with the mean of the scores.
  private var together: Scored {
    let each = zip(models, logits).map { model, own in
      own.map { $0.map(model.calibration.probability) }
    }
    let places = pictures.samples.indices.filter { place in each.contains { $0[place] != nil } }
    let (labels, groups) = (pictures.labels, pictures.groups)
    let samples = ScoredSamples<Frames>(
      probabilities: places.map { place in Ensemble.mean(each.compactMap { $0[place] }) },
      labels: places.map { labels[$0] }, groups: places.map { groups[$0] })
    return (samples, places)
  }
}
