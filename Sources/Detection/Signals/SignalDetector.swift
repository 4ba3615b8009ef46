import Engine
import Faces

/// A physical signal that a genuine recording of a person has: measured on a clip, and told in a few
/// numbers, its features.
protocol ClipSignal: Equatable, Sendable {
  /// All that is measured, from which the features and the evidence follow.
  associatedtype Measurement: Sendable

  static var kind: DetectorKind { get }
  /// The names of the features, in their order.
  static var features: [String] { get }
  /// What a clip must have to be measured.
  var requirements: DetectorRequirements { get }

  /// The signal as the clips to learn from need it measured.
  init(for clips: LabeledClips)
  /// The signal of a detector's file; nil for values that no signal has.
  init?(metadata: [String: String])
  /// What `init(metadata:)` needs to make the same.
  var metadata: [String: String] { get }

  /// Measures a clip that meets the requirements.
  func measure(_ clip: FaceClip) -> SignalMeasurement<Measurement>
  /// The features of a measurement, each finite.
  func features(of measurement: Measurement) -> [Double]
  /// What a report shows of a measurement.
  func evidence(of measurement: Measurement) -> any ClipEvidence
}

extension ClipSignal {
  var metadata: [String: String] { [:] }
}

/// The measurement of a signal, or why there is none.
enum SignalMeasurement<Value: Sendable>: Sendable {
  case measured(Value)
  /// To be read inside a sentence.
  case notApplicable(String)

  func map<Other: Sendable>(_ change: (Value) -> Other) -> SignalMeasurement<Other> {
    switch self {
    case .measured(let value): .measured(change(value))
    case .notApplicable(let reason): .notApplicable(reason)
    }
  }
}

/// A detector that measures a signal of a clip, and knows by a logistic regression which values forgeries
/// have.
struct SignalDetector<Signal: ClipSignal>: Detector, Equatable {
  let signal: Signal
  let classifier: FeatureClassifier

  var kind: DetectorKind { Signal.kind }
  var requirements: DetectorRequirements { signal.requirements }

  func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
    ThreadPool.map(clips.count) { index in
      switch signal.measure(clips[index]) {
      case .measured(let measurement):
        .clip(classifier.logit(of: signal.features(of: measurement)))
      case .notApplicable(let reason): .notApplicable(reason)
      }
    }
  }

  func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence] {
    guard requirements.lack(of: clip) == nil, case .measured(let measurement) = signal.measure(clip)
    else { return [] }
    return [.clip(signal.evidence(of: measurement))]
  }

  func checkpoint() -> Checkpoint {
    Checkpoint(
      tensors: classifier.tensors,
      metadata: signal.metadata.merging(classifier.metadata) { _, new in new })
  }

  /// The detector of a file that holds one.
  init(_ file: CheckpointFile) throws(DetectionError) {
    guard let signal = Signal(metadata: file.metadata) else {
      throw .unusableDetector(path: file.path, reason: "unknown settings of its signal")
    }
    self.signal = signal
    classifier = try FeatureClassifier(file, features: Signal.features)
  }

  init(_ signal: Signal, _ classifier: FeatureClassifier) {
    (self.signal, self.classifier) = (signal, classifier)
  }

  /// Learns from the clips that can be measured.
  init(learning context: DetectorTraining) throws(DetectionError) {
    let signal = Signal(for: context.training)
    let learned = try SignalDetector.measured(
      signal, context.training, split: "training", least: FeatureClassifier.fewest)
    _ = try SignalDetector.measured(
      signal, context.validation, split: "validation", least: FeatureClassifier.fewestValidated)
    self.init(
      signal,
      try FeatureClassifier(
        names: Signal.features, rows: learned.map(\.features), labels: learned.map(\.label)))
  }

  /// The features of the clips of a split that can be measured; at least `least` of each class.
  private static func measured(
    _ signal: Signal, _ clips: LabeledClips, split: String, least: Int
  ) throws(DetectionError) -> [(features: [Double], label: Label)] {
    let rows = ThreadPool.map(clips.count) { index -> SignalMeasurement<[Double]> in
      let clip = clips[index]
      if let lack = signal.requirements.lack(of: clip) { return .notApplicable(lack) }
      return signal.measure(clip).map(signal.features)
    }
    var (measured, reasons): ([([Double], Label)], [String: Int]) = ([], [:])
    for (row, label) in zip(rows, clips.labels) {
      switch row {
      case .measured(let features): measured.append((features, label))
      case .notApplicable(let reason): reasons[reason, default: 0] += 1
      }
    }
    for label in Label.allCases {
      let count = measured.count { $0.1 == label }
      guard count < least else { continue }
      // The most frequent reason, and the first of several.
      let reason = reasons.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      throw .tooFewApplicable(
        detector: Signal.kind.rawValue, split: split, label: label == .real ? "real" : "fake",
        applicable: count,
        of: clips.labels.count { $0 == label }, least: least, reason: reason)
    }
    return measured
  }
}

extension DetectorDefinition {
  /// A detector of a signal.
  static func signal<Signal: ClipSignal>(
    _ signal: Signal.Type, summary: String
  ) -> DetectorDefinition {
    DetectorDefinition(
      Signal.kind, summary: summary, group: .signal,
      load: { file throws(DetectionError) in try SignalDetector<Signal>(file) },
      train: { context, _ in
        try context.report(.started(iteration: 0))
        try context.keep(SignalDetector<Signal>(learning: context))
      })
  }
}
