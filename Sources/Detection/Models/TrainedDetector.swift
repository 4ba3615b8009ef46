public import Engine

/// A detector with what was learned about its scores on validation samples.
public struct TrainedDetector: Sendable {
  /// What `kind` says in the metadata of our detectors.
  static let fileKind = "dflab detector"

  /// What scores faces.
  public var detector: any Detector
  /// What makes probabilities of its scores; nil before that was learned.
  public var calibration: Calibration?
  /// The probability from which on a face is called fake, chosen on validation samples; nil
  /// before that.
  public var threshold: Double?
  /// The people of whom it has learned, also those by whom it was chosen and calibrated; nil where that
  /// is not known.
  public var people: Set<String>?
  /// The program that trained it, such as `dflab 0.1.0`; nil where that is not known.
  public var program: String?

  /// A detector and what is known of its scores.
  public init(
    _ detector: any Detector, calibration: Calibration? = nil, threshold: Double? = nil,
    program: String? = nil
  ) {
    (self.detector, self.calibration) = (detector, calibration)
    (self.threshold, self.program) = (threshold, program)
  }

  /// Reads a detector of either sort: a network or the spectrum.
  ///
  /// - Parameter kind: the detector that it should be; nil for any.
  public init(reading path: String, as kind: DetectorKind? = nil) throws(DetectionError) {
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
    guard let found = DetectorKind(rawValue: name) else {
      throw .noDetector(path: path, reason: "unknown detector '\(name)'")
    }
    if let kind, kind != found {
      throw .otherDetector(path: path, found: found.rawValue, wanted: kind.rawValue)
    }
    detector = try TrainedDetector.detector(found, file)
    calibration = try TrainedDetector.calibration(file)
    threshold = try TrainedDetector.threshold(file)
    people = DetectorText.value(file.metadata["people"])
    program = file.metadata["program"]
  }

  /// Which detector a file holds; nil where it holds none.
  public static func kind(at path: String) -> DetectorKind? {
    guard let file = try? CheckpointFile(path), file.metadata["kind"] == fileKind else {
      return nil
    }
    return file.metadata["detector"].flatMap { DetectorKind(rawValue: $0) }
  }

  /// Writes the file whole or not at all.
  public func write(to path: String) throws(EngineError) {
    var checkpoint: Checkpoint
    if let network = detector as? NetworkDetector {
      checkpoint = network.checkpoint()
    } else if let spectrum = detector as? SpectrumDetector {
      checkpoint = spectrum.checkpoint()
    } else {
      preconditionFailure("no file holds a detector of the type \(type(of: detector))")
    }
    checkpoint.metadata["calibration"] = calibration.map { DetectorText.json($0) }
    checkpoint.metadata["threshold"] = threshold.map { "\($0)" }
    checkpoint.metadata["people"] = people.map { DetectorText.json($0.sorted()) }
    checkpoint.metadata["program"] = program
    try checkpoint.write(to: path)
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

  private static func threshold(_ file: CheckpointFile) throws(DetectionError) -> Double? {
    guard let text = file.metadata["threshold"] else { return nil }
    guard let threshold = Double(text), (0...1).contains(threshold) else {
      throw .unusableDetector(
        path: file.path, reason: "invalid threshold")
    }
    return threshold
  }

  private static func detector(
    _ kind: DetectorKind, _ file: CheckpointFile
  ) throws(DetectionError) -> any Detector {
    guard kind == .spectrum else { return try NetworkDetector(file) }
    do {
      return try SpectrumDetector(reading: file.path)
    } catch {
      throw .unusableDetector(path: file.path, reason: DetectorText.reason(error))
    }
  }
}
