import Engine
import Faces

/// A detector of visual artifacts, which looks at each frame by itself.
struct ArtifactDetector: Detector, Equatable {
  let classifier: FeatureClassifier

  var kind: DetectorKind { .artifacts }
  var requirements: DetectorRequirements { DetectorRequirements(landmarks: true) }

  /// Why a face has no features, to be read inside a sentence.
  private static let lack = "the eyes are too small, closed or not in the picture"
  /// The most frames of a class to learn from.
  private static let most = 4000

  func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
    clips.map { clip in
      let features = ArtifactDetector.features(of: clip.frames)
      let logits = features.map { $0.map(classifier.logit) }
      let known = logits.compactMap(\.self)
      guard !known.isEmpty else { return .notApplicable(ArtifactDetector.lack) }
      // A frame with closed eyes stands for the mean of the others.
      let mean = known.reduce(0, +) / Double(known.count)
      return .frames(logits.map { $0 ?? mean })
    }
  }

  func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence] {
    guard requirements.lack(of: clip) == nil else { return [] }
    let scored = ArtifactDetector.features(of: clip.frames).enumerated().compactMap {
      index, features in
      features.map { (index: index, features: $0, logit: classifier.logit(of: $0)) }
    }
    guard let most = scored.max(by: { $0.logit < $1.logit }) else { return [] }
    return [
      .clip(
        FeatureEvidence(
          title: "Visual artifacts", subject: "Eyes, mouth, nose and border of",
          names: classifier.names, values: most.features,
          contributions: classifier.contributions(of: most.features),
          picture: clip.frames[most.index].crop))
    ]
  }

  func checkpoint() -> Checkpoint {
    Checkpoint(tensors: classifier.tensors, metadata: classifier.metadata)
  }

  init(_ classifier: FeatureClassifier) { self.classifier = classifier }

  init(_ file: CheckpointFile) throws(DetectionError) {
    classifier = try FeatureClassifier(file, features: ArtifactFeatures.names)
  }

  init(learning context: DetectorTraining) throws(DetectionError) {
    let training = try ArtifactDetector.rows(
      of: context.training, split: "training", least: FeatureClassifier.fewest)
    let validation = try ArtifactDetector.rows(
      of: context.validation, split: "validation", least: FeatureClassifier.fewestValidated)
    classifier = try FeatureClassifier(
      names: ArtifactFeatures.names, rows: training.map(\.features),
      labels: training.map(\.label), validation: validation.map(\.features),
      validationLabels: validation.map(\.label), seed: context.seed)
  }

  private static func features(of frames: [FaceClip.Frame]) -> [[Double]?] {
    ThreadPool.map(frames.count) { index in
      frames[index].landmarks.flatMap { ArtifactFeatures.of(frames[index].crop, $0) }
    }
  }

  /// The features of the frames of a split, at most `most` of each class.
  private static func rows(
    of clips: LabeledClips, split: String, least: Int
  ) throws(DetectionError) -> [(features: [Double], label: Label)] {
    let frames = max(1, clips.lengths.reduce(0, +) / max(clips.count, 1))
    let chosen = clips.labels.thinned(to: max(1, most / frames))
    let found = ThreadPool.map(chosen.count) { place in
      clips[chosen[place]].frames.map { frame in
        frame.landmarks.flatMap { ArtifactFeatures.of(frame.crop, $0) }
      }
    }
    let rows = zip(chosen, found).flatMap { place, found in
      found.compactMap { $0 }.map { (features: $0, label: clips.labels[place]) }
    }
    for label in Label.allCases {
      let count = rows.count { $0.label == label }
      guard count < least else { continue }
      throw .tooFewApplicable(
        detector: DetectorKind.artifacts.rawValue, split: split,
        label: label == .real ? "real" : "fake", applicable: count,
        of: clips.labels.count { $0 == label }, least: least, reason: lack)
    }
    return rows
  }
}

extension DetectorKind {
  public static let artifacts = DetectorKind("artifacts")
}

extension DetectorDefinition {
  /// Artifacts that are seen.
  static let artifacts = DetectorDefinition(
    .artifacts,
    summary: """
      Color and reflections of the eyes, texture of teeth, nose and face border (Matern, Riess and \
      Stamminger 2019).
      """,
    load: { file throws(DetectionError) in try ArtifactDetector(file) },
    train: { context, _ in
      try context.report(.started(iteration: 0))
      try context.keep(ArtifactDetector(learning: context))
    })
}
