import Engine
public import Faces

/// A trained detector and where it lies.
public struct StoredDetector: Sendable {
  /// The name of its folder in `Checkpoints`.
  public let name: String
  public let path: String
  public let trained: TrainedDetector

  /// - Parameters:
  ///   - name: that of its folder.
  ///   - path: its file.
  public init(name: String, path: String, trained: TrainedDetector) {
    (self.name, self.path, self.trained) = (name, path, trained)
  }

  public var kind: DetectorKind { trained.detector.kind }
  /// Makes probabilities of scores; scores as they are where nothing was learned about them.
  public var calibration: Calibration { trained.calibration ?? .none }
  /// True for a detector that the program carries.
  public var isCarried: Bool { CarriedModel.detectors.contains { $0.rawValue == name } }
  /// The limits of verdicts with their error rates; a half where nothing was learned about the scores.
  public var operatingPoint: OperatingPoint {
    trained.operatingPoint ?? OperatingPoint(threshold: 0.5)
  }
  /// The score from which on a sample counts as fake in metrics of two classes.
  public var threshold: Double { operatingPoint.threshold }
  /// What a clip must have to be scored.
  public var requirements: DetectorRequirements { trained.detector.requirements }

  /// The scores of some clips, before calibration; refused where a logit is no finite number.
  public func scores(of clips: [FaceClip]) throws(DetectionError) -> [DetectorScore] {
    try checked(trained.detector.scores(of: clips))
  }

  /// The same of clips that are decoded when they are needed.
  public func scores(of clips: LabeledClips) throws(DetectionError) -> [DetectorScore] {
    try checked(trained.detector.scores(of: clips))
  }

  private func checked(_ scores: [DetectorScore]) throws(DetectionError) -> [DetectorScore] {
    guard scores.flatMap(\.logits).allSatisfy({ calibration.logit($0).isFinite }) else {
      throw .unusableDetector(path: path, reason: "its score of a picture is not a number")
    }
    return scores
  }
}
