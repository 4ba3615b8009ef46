import Engine
public import Faces
import Media

/// ROC AUC of detectors on degraded samples, by kind and strength of degradation.
public struct RobustnessSweep: Codable, Sendable {
  /// One kind of degradation.
  public struct Curve: Codable, Sendable {
    public let kind: Degradation.Kind
    /// The names of the strengths, the weakest first.
    public let strengths: [String]
    /// ROC AUC per frame, for each detector one value a strength.
    public let areas: [String: [MetricEstimate]]
  }

  /// The number of samples of both classes.
  public let samples: Int
  /// ROC AUC without degradation, by detector.
  public let undegraded: [String: MetricEstimate]
  public let curves: [Curve]

  /// The maximum number of samples of each class.
  public static let most = 150
  private static let kinds: [Degradation.Kind] = [
    .jpeg, .h264, .transcode, .resize, .blur, .sharpen, .noise,
  ]

  /// - Parameters:
  ///   - isStopped: whether to leave out the remaining kinds; it is asked before each.
  ///   - report: receives the name of each kind.
  public init(
    of models: [StoredDetector], on all: SamplePictures, isStopped: () -> Bool,
    report: (String) -> Void
  ) throws {
    let pictures = all.thinned(to: RobustnessSweep.most)
    samples = pictures.count
    undegraded = try RobustnessSweep.areas(models, pictures)
    var curves: [Curve] = []
    for kind in RobustnessSweep.kinds where !isStopped() {
      report(kind.title)
      let ladder = Degradation.ladder(kind)
      var areas: [String: [MetricEstimate]] = [:]
      for (step, degradation) in ladder.enumerated() {
        let source = RandomSource(seed: 1).split(step)
        let worse = try pictures.mapped { index, image in
          try degradation.applied(to: image, randomness: source.split(index))
        }
        for (name, area) in try RobustnessSweep.areas(models, worse) {
          areas[name, default: []].append(area)
        }
      }
      curves.append(Curve(kind: kind, strengths: ladder.map(\.strength), areas: areas))
    }
    self.curves = curves
  }

  private static func areas(
    _ models: [StoredDetector], _ pictures: SamplePictures
  ) throws -> [String: MetricEstimate] {
    let clips = pictures.labeledClips()
    let (labels, groups) = (pictures.labels, pictures.groups)
    var bootstrap = Bootstrap()
    bootstrap.draws = 500
    return Dictionary(
      try models.map { model in
        let logits = zip(try model.scores(of: clips), clips.lengths).flatMap {
          $0.logits(byFrame: $1)
        }
        let places = logits.indices.filter { logits[$0] != nil }
        let scored = ScoredSamples<Frames>(
          logits: logits.compactMap(\.self), labels: places.map { labels[$0] },
          groups: places.map { groups[$0] })
        let metrics = Evaluation(of: scored, bootstrap: bootstrap).metrics
        return (
          model.name,
          metrics[.rocAUC]
            ?? MetricEstimate(value: nil, interval: nil, reason: "not measured")
        )
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension Degradation.Kind {
  /// The name in reports.
  public var title: String {
    switch self {
    case .jpeg: "JPEG"
    case .h264: "H.264"
    case .transcode: "resizing with H.264"
    case .resize: "resizing"
    case .sharpen: "sharpening"
    case .blur, .noise, .color: rawValue
    }
  }
}

extension Degradation {
  /// The strength in reports.
  var strength: String {
    switch self {
    case .jpeg(let quality): "quality \(quality)"
    case .h264(let quantizer): "QP \(quantizer)"
    case .transcode(let scale, let quantizer, _):
      "\(Int((scale * 100).rounded())) % QP \(quantizer)"
    case .sharpen(let amount): "amount \(amount)"
    case .resize(let scale): "\(Int((scale * 100).rounded())) %"
    case .blur(let deviation): "σ \(deviation) px"
    case .noise(let deviation): "σ \(deviation)"
    case .color(let brightness, _, _): "by \(Int((brightness * 100).rounded())) %"
    }
  }
}
