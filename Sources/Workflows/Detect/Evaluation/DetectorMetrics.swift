public import Detection
public import Faces

/// What one detector, or several together, got on labeled samples.
public struct DetectorMetrics: Codable, Sendable {
  /// The detector, or "ensemble".
  public let name: String
  /// Its file; nil for several together.
  public let model: String?
  /// The probability from which on a face is called fake, chosen on validation samples.
  public let threshold: Double
  /// Picture by picture.
  public let frames: Evaluation<Frames>
  /// Clip by clip, by the mean over its pictures; nil where clips have one picture.
  public let clips: Evaluation<Videos>?
  /// Clip by clip, by the share of pictures over the threshold; nil where clips have one picture.
  public let clipsByShare: Evaluation<Videos>?
  /// The receiver's operating characteristic, picture by picture; nil where a class is missing.
  public let roc: [ROCPoint]?
  /// How often faces of a probability are fake.
  public let reliability: [ReliabilityBin]
  /// Each method's fakes against all reals.
  public let methods: [Part]
  /// The samples, real and fake, that a degradation befell.
  public let degradations: [Part]
  /// The pictures that were most surely told wrong, the worst first.
  public let mistakes: [Mistake]

  /// The area under the ROC curve of some of the samples.
  public struct Part: Codable, Equatable, Sendable {
    public let name: String
    public let pictures: Int
    /// Per frame.
    public let auc: MetricEstimate
  }

  /// A picture that was told wrong.
  public struct Mistake: Codable, Equatable, Sendable {
    /// Its path in the set.
    public let path: String
    public let label: Label
    public let method: String
    /// How probably fake it was called.
    public let probability: Double
  }

  /// How many mistakes are kept.
  static let mostMistakes = 24

  /// - Parameters:
  ///   - scored: the samples as the detector sees them, in the order of `samples`.
  ///   - videos: the clip of each.
  init(
    _ name: String, model: String?, threshold: Double, scored: ScoredSamples<Frames>,
    samples: [Sample], videos: [String]
  ) throws(DetectionError) {
    (self.name, self.model, self.threshold) = (name, model, threshold)
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
        let befell = samples[index].degradations ?? []
        return kind == "none" ? befell.isEmpty : befell.contains { $0.kind.rawValue == kind }
      }
      return own.isEmpty ? nil : Part(kind, scored, own)
    }
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
          probability: $0.probability)
      }
  }
}

extension Evaluation<Frames> {
  /// Fewer source clips than these give intervals that are too narrow.
  static var fewClips: Int { 10 }

  /// From how many source clips its samples are, and whether these are too few, to be read after them.
  public var origin: String {
    "from \(groups) source \(groups == 1 ? "clip" : "clips")."
      + (groups < Self.fewClips ? " So few clips make intervals too narrow." : "")
  }
}

extension DetectorMetrics.Part {
  fileprivate init(_ name: String, _ scored: ScoredSamples<Frames>, _ chosen: [Int]) {
    let part = ScoredSamples<Frames>(
      probabilities: chosen.map { scored.probabilities[$0] },
      labels: chosen.map { scored.labels[$0] }, groups: chosen.map { scored.groups[$0] })
    var bootstrap = Bootstrap()
    bootstrap.draws = 500
    (self.name, pictures) = (name, chosen.count)
    let figures = Evaluation(of: part, bootstrap: bootstrap).figures
    auc =
      figures[.rocAUC] ?? MetricEstimate(value: nil, interval: nil, reason: "not measured")
  }
}
