public import Engine
import Faces

/// A detector with what was learned about its scores on validation data.
public struct TrainedDetector: Sendable {
  /// The value of `kind` in the metadata of detectors.
  static let fileKind = "dflab detector"

  /// What scores clips.
  public var detector: any Detector
  /// What makes probabilities of its logits; nil before that was learned.
  public var calibration: Calibration?
  /// The limits of its verdicts and the error rates there; nil before they were selected.
  public var operatingPoint: OperatingPoint?
  /// The scores of validation videos; nil where they are not known.
  public var distributions: ScoreDistributions?
  /// The pictures that it knows.
  public var inputRange = InputRange.usual
  /// The identities in its training data and in what it was chosen and calibrated by; nil where they
  /// are not known.
  public var people: Set<String>?
  /// The program that trained it, such as `dflab 0.1.0`; nil if unknown.
  public var program: String?

  /// A detector and what is known of its scores.
  public init(
    _ detector: any Detector, calibration: Calibration? = nil,
    operatingPoint: OperatingPoint? = nil, distributions: ScoreDistributions? = nil,
    program: String? = nil
  ) {
    (self.detector, self.calibration) = (detector, calibration)
    (self.operatingPoint, self.distributions) = (operatingPoint, distributions)
    self.program = program
  }

  /// Reads a detector of any kind that is known.
  ///
  /// - Parameters:
  ///   - kind: the detector that it should be; nil for any.
  ///   - registry: the detectors that are known.
  public init(
    reading path: String, as kind: DetectorKind? = nil, from registry: DetectorRegistry = .standard
  ) throws(DetectionError) {
    let file: CheckpointFile
    do {
      file = try CheckpointFile(path)
    } catch {
      throw .noDetector(path: path, reason: DetectorText.reason(error))
    }
    guard TrainedDetector.isDetector(file.metadata) else {
      let kind = file.metadata["kind"].map { "its kind is '\($0)'" }
      throw .noDetector(path: path, reason: kind ?? "its metadata name no kind")
    }
    let name = file.metadata["detector"] ?? ""
    guard let definition = registry[DetectorKind(name)] else {
      throw .noDetector(path: path, reason: "unknown detector '\(name)'")
    }
    if let kind, kind != definition.kind {
      throw .otherDetector(path: path, found: name, wanted: kind.rawValue)
    }
    try self.init(try definition.load(file), stated: file.metadata, in: file.path)
  }

  /// A network that was trained elsewhere, with what its model's metadata state where dflab has written
  /// it.
  public init(
    imported detector: ImportedDetector, stated metadata: [String: String], in path: String
  ) throws(DetectionError) {
    guard TrainedDetector.isDetector(metadata) else {
      self.init(detector)
      return
    }
    var metadata = metadata
    // Probabilities are calibrated by the graph itself.
    if detector.convention.scale == .probabilities { metadata["calibration"] = nil }
    try self.init(detector, stated: metadata, in: path)
  }

  /// A detector with what a file's metadata state of its scores.
  private init(
    _ detector: any Detector, stated metadata: [String: String], in path: String
  ) throws(DetectionError) {
    let statement = Statement(path: path, metadata: metadata)
    self.detector = detector
    calibration = try statement.value("calibration", or: "invalid calibration", if: \.isUsable)
    operatingPoint = try statement.operatingPoint
    distributions = try statement.value(
      "score_distributions", or: "invalid score distributions", if: \.isUsable)
    inputRange =
      try statement.value("input_range", or: "invalid range of inputs", if: \.isUsable) ?? .usual
    people = DetectorText.value(metadata["people"])
    program = metadata["program"]
  }

  /// Whether metadata are those of a detector.
  static func isDetector(_ metadata: [String: String]) -> Bool { metadata["kind"] == fileKind }

  /// Whether the detector may have learned of identities that nobody knows of.
  public var hasUnknownTraining: Bool { people == nil || detector is ImportedDetector }

  /// Whether nothing is known of what its scores mean, so that they are no verdict.
  public var isUncalibrated: Bool { operatingPoint == nil && detector is ImportedDetector }

  /// Which detector a file holds, known or not; nil where it holds none.
  public static func kind(at path: String) -> DetectorKind? {
    (try? CheckpointFile(path)).flatMap(kind)
  }

  /// Which detector a model is that the program carries; nil where it is none.
  public static func kind(of model: CarriedModel) -> DetectorKind? {
    (try? CheckpointFile(model)).flatMap(kind)
  }

  private static func kind(of file: CheckpointFile) -> DetectorKind? {
    guard isDetector(file.metadata) else { return nil }
    return file.metadata["detector"].map { DetectorKind($0) }
  }

  /// The detector as its file holds it.
  public var checkpoint: Checkpoint {
    var checkpoint = detector.checkpoint()
    checkpoint.metadata["kind"] = TrainedDetector.fileKind
    checkpoint.metadata["detector"] = detector.kind.rawValue
    checkpoint.metadata["calibration"] = calibration.map { DetectorText.json($0) }
    checkpoint.metadata["threshold"] = operatingPoint.map { "\($0.threshold)" }
    checkpoint.metadata["fake_at"] = operatingPoint.map { "\($0.fakeAt)" }
    checkpoint.metadata["real_below"] = operatingPoint.map { "\($0.realBelow)" }
    checkpoint.metadata["error_rates"] = operatingPoint?.rates.map { DetectorText.json($0) }
    checkpoint.metadata["score_distributions"] = distributions.map { DetectorText.json($0) }
    checkpoint.metadata["input_range"] =
      inputRange == .usual ? nil : DetectorText.json(inputRange)
    checkpoint.metadata["people"] = people.map { DetectorText.json($0.sorted()) }
    checkpoint.metadata["program"] = program
    return checkpoint
  }

  /// Writes the file atomically.
  public func write(to path: String) throws(EngineError) { try checkpoint.write(to: path) }

  /// Learns what the scores mean: calibration, the limits of verdicts, the error rates at
  /// them, and which pictures the detector knows.
  ///
  /// - Parameters:
  ///   - scores: of validation clips, each finite.
  ///   - clips: those clips; both classes must be among those that have a score.
  ///   - data: which clips they are, such as `validation split of 'people'`.
  ///   - identities: the number of identities in them.
  public mutating func calibrate(
    by scores: [DetectorScore], of clips: LabeledClips, on data: String, identities: Int
  ) throws(DetectionError) {
    func byLogit<Value>(_ values: [Value]) -> [Value] {
      zip(scores, values).flatMap { score, value in score.logits.map { _ in value } }
    }
    let (logits, labels) = (scores.flatMap(\.logits), byLogit(clips.labels))
    let calibration = try Calibration(.platt, logits: logits, labels: labels)
    let samples = ScoredSamples<Frames>(
      logits: logits, calibration: calibration, labels: labels,
      groups: labels.indices.map(String.init))
    let videos = try ScoredVideos(
      of: samples, videos: byLogit(clips.videos), methods: byLogit(clips.methods), data: data,
      identities: identities)
    self.calibration = calibration
    operatingPoint = try OperatingPoint(of: samples, videos: videos)
    distributions = ScoreDistributions(of: videos)
    inputRange = InputRange(validatedOn: TrainedDetector.qualities(of: clips.faces))
  }

  /// The quality of at most 500 faces of each class.
  private static func qualities(of faces: DetectorFaces) -> [InputQuality] {
    let chosen = faces.labels.thinned(to: 500)
    return ThreadPool.map(chosen.count) {
      InputQuality(of: FaceClip.Frame(crop: faces[chosen[$0]]))
    }
  }
}

/// What the metadata of a file state.
private struct Statement {
  let path: String
  let metadata: [String: String]

  /// The limits of verdicts; nil where none are stated.
  var operatingPoint: OperatingPoint? {
    get throws(DetectionError) {
      guard let text = metadata["threshold"] else { return nil }
      guard let threshold = Double(text), (0...1).contains(threshold) else {
        throw .unusableDetector(path: path, reason: "invalid threshold")
      }
      guard let (fake, real) = limits(or: threshold) else {
        throw .unusableDetector(path: path, reason: "invalid limits of verdicts")
      }
      let rates: ErrorRates? = try value(
        "error_rates", or: "its error rates are no shares of samples", if: \.isUsable)
      return OperatingPoint(threshold: threshold, fakeAt: fake, realBelow: real, rates: rates)
    }
  }

  /// The limits of verdicts; both are the threshold where there are none, nil where they are unusable.
  private func limits(or threshold: Double) -> (fakeAt: Double, realBelow: Double)? {
    let texts = (metadata["fake_at"], metadata["real_below"])
    if case (nil, nil) = texts { return (threshold, threshold) }
    guard let fake = texts.0.flatMap(Double.init), let real = texts.1.flatMap(Double.init),
      0 <= real, real <= fake, fake <= 1.nextUp
    else { return nil }
    return (fake, real)
  }

  /// A value in the metadata; nil where there is none.
  ///
  /// - Throws: `fault`, if it cannot be read or used.
  func value<Value: Decodable>(
    _ key: String, or fault: String, if isUsable: (Value) -> Bool
  ) throws(DetectionError) -> Value? {
    guard let text = metadata[key] else { return nil }
    guard let value: Value = DetectorText.value(text), isUsable(value) else {
      throw .unusableDetector(path: path, reason: fault)
    }
    return value
  }
}
