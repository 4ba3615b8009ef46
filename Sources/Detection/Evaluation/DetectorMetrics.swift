public import Faces

/// The metrics of one detector, or of an ensemble, on labeled samples.
public struct DetectorMetrics: Codable, Sendable {
  /// The detector, or "ensemble".
  public let name: String
  /// Its file; nil for an ensemble.
  public let model: String?
  /// The limits, selected on the validation split, with the error rates measured there.
  public let operatingPoint: OperatingPoint
  /// The error rates of verdicts on these samples, per video.
  public let verdicts: ErrorRates
  /// Per frame.
  public let frames: Evaluation<Frames>
  /// Per clip, by the mean score of its samples; nil where clips have one sample.
  public let clips: Evaluation<Videos>?
  /// Per clip, by the share of samples at or above the threshold; nil where clips have one sample.
  public let clipsByShare: Evaluation<Videos>?
  /// The ROC curve, per frame; nil where a class is missing.
  public let roc: [ROCPoint]?
  /// The reliability diagram.
  public let reliability: [ReliabilityBin]
  /// Each method's fakes against all real samples.
  public let methods: [Part]
  /// The samples, real and fake, with each degradation.
  public let degradations: [Part]
  /// By attribute of people, where the dataset knows any; nil otherwise.
  public let subgroups: [SubgroupMetrics]?
  /// The misclassified samples, the largest error first.
  public let mistakes: [Mistake]
  /// Why samples have no score, and how many for each reason; nil where all have one.
  public let notApplicable: [String: Int]?

  /// The score from which on a face is called fake.
  public var threshold: Double { operatingPoint.threshold }

  /// The area under the ROC curve of some of the samples.
  public struct Part: Codable, Equatable, Sendable {
    public let name: String
    public let samples: Int
    /// Per frame.
    public let auc: MetricEstimate
  }

  /// A misclassified sample.
  public struct Mistake: Codable, Equatable, Sendable {
    /// Its path in the set.
    public let path: String
    public let label: Label
    public let method: String
    /// Its score.
    public let score: Double
  }

  /// How many mistakes are kept.
  static let mostMistakes = 24

  /// - Parameters:
  ///   - scored: the pictures as the detector sees them, in the order of `samples`.
  ///   - samples: what each picture is.
  ///   - videos: the clip of each.
  ///   - data: which samples they are, such as `test split of 'people'`.
  ///   - people: what is known of the people; nil for nothing.
  ///   - notApplicable: why other samples have no score, and how many for each reason.
  init(
    _ name: String, model: String?, operatingPoint: OperatingPoint,
    scored: ScoredSamples<Frames>, samples: [Sample], videos: [String], data: String,
    people: PeopleTable? = nil, notApplicable: [String: Int] = [:]
  ) throws(DetectionError) {
    (self.name, self.model, self.operatingPoint) = (name, model, operatingPoint)
    self.notApplicable = notApplicable.isEmpty ? nil : notApplicable
    verdicts = ErrorRates(
      of: try ScoredVideos(
        of: scored, videos: videos, methods: samples.map(\.method), data: data,
        identities: Set(samples.flatMap(\.identities)).count), at: operatingPoint)
    let threshold = operatingPoint.threshold
    frames = Evaluation(of: scored, threshold: threshold)
    let hasClips = Set(videos).count * 2 <= videos.count
    if hasClips {
      clips = try Evaluation(of: scored.perVideo(videos, by: .mean), threshold: threshold)
      clipsByShare = try Evaluation(
        of: scored.perVideo(videos, by: .share(threshold: threshold)), threshold: 0.5)
    } else {
      (clips, clipsByShare) = (nil, nil)
    }
    roc = scored.rocCurve
    reliability = scored.reliability
    let methods = Set(samples.filter { $0.label == .fake }.map(\.method)).sorted()
    self.methods = methods.map { method in
      Part(
        method, scored,
        samples.indices.filter {
          samples[$0].label == .real || samples[$0].method == method
        })
    }
    degradations = (["none"] + Degradation.Kind.allCases.map(\.rawValue)).compactMap { kind in
      let own = samples.indices.filter { index in
        let own = samples[index].degradations ?? []
        return kind == "none" ? own.isEmpty : own.contains { $0.kind.rawValue == kind }
      }
      return own.isEmpty ? nil : Part(kind, scored, own)
    }
    let subgroups = (people?.attributes ?? []).compactMap { attribute in
      people.flatMap {
        SubgroupMetrics(attribute, of: $0, scored, samples, threshold: threshold)
      }
    }
    self.subgroups = subgroups.isEmpty ? nil : subgroups
    let wrong = samples.indices.map { index in
      let probability = scored.probabilities[index]
      let error = samples[index].label == .fake ? 1 - probability : probability
      return (index: index, probability: probability, error: error)
    }.filter {
      (scored.probabilities[$0.index] >= threshold) != (samples[$0.index].label == .fake)
    }
    mistakes = wrong.sorted { ($0.error, $1.index) > ($1.error, $0.index) }
      .prefix(DetectorMetrics.mostMistakes).map {
        let sample = samples[$0.index]
        return Mistake(
          path: sample.path, label: sample.label, method: sample.method,
          score: $0.probability)
      }
  }
}

extension Evaluation<Frames> {
  /// Fewer source clips than these give intervals that are too narrow.
  public static var fewClips: Int { 10 }

  /// The number of source clips, and whether they are too few, to be read after a number of samples.
  public var origin: String {
    "from \(groups) source \(groups == 1 ? "clip" : "clips")"
      + (groups < Self.fewClips ? " (fewer than \(Self.fewClips): intervals are too narrow)" : "")
  }
}

extension DetectorMetrics.Part {
  fileprivate init(_ name: String, _ scored: ScoredSamples<Frames>, _ chosen: [Int]) {
    let part = ScoredSamples<Frames>(
      probabilities: chosen.map { scored.probabilities[$0] },
      labels: chosen.map { scored.labels[$0] }, groups: chosen.map { scored.groups[$0] })
    var bootstrap = Bootstrap()
    bootstrap.draws = 500
    (self.name, samples) = (name, chosen.count)
    let metrics = Evaluation(of: part, bootstrap: bootstrap).metrics
    auc =
      metrics[.rocAUC] ?? MetricEstimate(value: nil, interval: nil, reason: "not measured")
  }
}
