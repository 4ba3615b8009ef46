public import Engine

/// A detector with what was learned about its scores on validation data.
public struct TrainedDetector: Sendable {
  /// The value of `kind` in the metadata of detectors.
  static let fileKind = "dflab detector"

  /// What scores clips.
  public var detector: any Detector
  /// What makes probabilities of its logits; nil before that was learned.
  public var calibration: Calibration?
  /// From which score on a face is called fake, and the error rates there; nil before that was
  /// chosen.
  public var operatingPoint: OperatingPoint?
  /// The identities in its training data and in what it was chosen and calibrated by; nil where they
  /// are not known.
  public var people: Set<String>?
  /// The program that trained it, such as `dflab 0.1.0`; nil if unknown.
  public var program: String?

  /// A detector and what is known of its scores.
  public init(
    _ detector: any Detector, calibration: Calibration? = nil,
    operatingPoint: OperatingPoint? = nil, program: String? = nil
  ) {
    (self.detector, self.calibration) = (detector, calibration)
    (self.operatingPoint, self.program) = (operatingPoint, program)
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
    guard file.metadata["kind"] == TrainedDetector.fileKind else {
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
    detector = try definition.load(file)
    calibration = try TrainedDetector.calibration(file)
    operatingPoint = try TrainedDetector.operatingPoint(file)
    people = DetectorText.value(file.metadata["people"])
    program = file.metadata["program"]
  }

  /// Which detector a file holds, known or not; nil where it holds none.
  public static func kind(at path: String) -> DetectorKind? {
    guard let file = try? CheckpointFile(path), file.metadata["kind"] == fileKind else {
      return nil
    }
    return file.metadata["detector"].map { DetectorKind($0) }
  }

  /// The detector as its file holds it.
  public var checkpoint: Checkpoint {
    var checkpoint = detector.checkpoint()
    checkpoint.metadata["kind"] = TrainedDetector.fileKind
    checkpoint.metadata["detector"] = detector.kind.rawValue
    checkpoint.metadata["calibration"] = calibration.map { DetectorText.json($0) }
    checkpoint.metadata["threshold"] = operatingPoint.map { "\($0.threshold)" }
    checkpoint.metadata["error_rates"] = operatingPoint?.rates.map { DetectorText.json($0) }
    checkpoint.metadata["people"] = people.map { DetectorText.json($0.sorted()) }
    checkpoint.metadata["program"] = program
    return checkpoint
  }

  /// Writes the file atomically.
  public func write(to path: String) throws(EngineError) { try checkpoint.write(to: path) }

  /// Learns what the scores mean: calibration, threshold, and the error rates at it.
  ///
  /// - Parameters:
  ///   - scores: of validation clips, each finite.
  ///   - clips: those clips; both classes must be among those that have a score.
  public mutating func calibrate(
    by scores: [DetectorScore], of clips: LabeledClips
  ) throws(DetectionError) {
    let logits = scores.flatMap(\.logits)
    let labels = zip(scores, clips.labels).flatMap { score, label in
      score.logits.map { _ in label }
    }
    let calibration = try Calibration(.platt, logits: logits, labels: labels)
    let samples = ScoredSamples<Frames>(
      logits: logits, calibration: calibration, labels: labels,
      groups: labels.indices.map(String.init))
    self.calibration = calibration
    operatingPoint = try OperatingPoint(bestOf: samples, on: "validation")
  }

  private static func calibration(
    _ file: CheckpointFile
  ) throws(DetectionError) -> Calibration? {
    guard let text = file.metadata["calibration"] else { return nil }
    guard let calibration: Calibration = DetectorText.value(text), calibration.isUsable else {
      throw .unusableDetector(path: file.path, reason: "invalid calibration")
    }
    return calibration
  }

  private static func operatingPoint(
    _ file: CheckpointFile
  ) throws(DetectionError) -> OperatingPoint? {
    guard let text = file.metadata["threshold"] else { return nil }
    guard let threshold = Double(text), (0...1).contains(threshold) else {
      throw .unusableDetector(
        path: file.path, reason: "invalid threshold")
    }
    guard let rates = file.metadata["error_rates"] else {
      return OperatingPoint(threshold: threshold)
    }
    guard let rates: ErrorRates = DetectorText.value(rates), rates.isUsable else {
      throw .unusableDetector(path: file.path, reason: "its error rates are no shares of samples")
    }
    return OperatingPoint(threshold: threshold, rates: rates)
  }
}
