public import Engine

/// The detectors that a program knows: how each is trained, loaded and described.
///
/// A value: who wants more detectors than `standard` adds them, and hands the registry on.
public struct DetectorRegistry: Sendable {
  /// In the order in which they are listed; no two of a kind.
  public private(set) var definitions: [DetectorDefinition]

  /// The detectors that come with the program.
  public static let standard = DetectorRegistry(
    [.spectrum] + NetworkArchitecture.allCases.map(DetectorDefinition.network) + [
      .blink, .pulse, .prnu, .artifacts, .onnx,
    ])

  /// Some detectors, each of another kind.
  public init(_ definitions: [DetectorDefinition]) {
    let kinds = definitions.map(\.kind.rawValue)
    precondition(Set(kinds).count == kinds.count, "two detectors of a kind: \(kinds)")
    self.definitions = definitions
  }

  /// These detectors and one more.
  public func adding(_ definition: DetectorDefinition) -> DetectorRegistry {
    DetectorRegistry(definitions + [definition])
  }

  /// The kinds that are trained here, in their order.
  public var trainableKinds: [DetectorKind] { definitions.filter(\.isTrainable).map(\.kind) }

  /// The kinds, in their order.
  public var kinds: [DetectorKind] { definitions.map(\.kind) }

  /// The detector of a kind; nil where there is none.
  public subscript(kind: DetectorKind) -> DetectorDefinition? {
    definitions.first { $0.kind == kind }
  }

  /// The kinds of a group, in their order; all for `all`, nil for a word that names no group.
  public func kinds(ofGroup word: String) -> [DetectorKind]? {
    if word == DetectorGroup.all { return kinds }
    guard let group = DetectorGroup(rawValue: word) else { return nil }
    return definitions.filter { $0.group == group }.map(\.kind)
  }

  /// The kind that a word means: its name, or the beginning of one alone.
  public func kind(matching word: String) -> DetectorKind? {
    let word = word.lowercased()
    let fitting = kinds.filter { $0.rawValue.hasPrefix(word) }
    return kinds.first { $0.rawValue == word } ?? (fitting.count == 1 ? fitting.first : nil)
  }
}

/// What the detectors of a group look at.
public enum DetectorGroup: String, CaseIterable, Sendable {
  /// Each frame by itself.
  case frame
  /// The frames of a clip together.
  case video
  /// The frequencies of a frame.
  case frequency
  /// A signal that a camera or a body leaves in a video.
  case signal

  /// The word for the detectors of all groups.
  public static let all = "all"

  /// The words that name groups.
  public static let words = [all] + allCases.map(\.rawValue)
}

/// All that the program knows of detectors of one kind.
public struct DetectorDefinition: Sendable {
  /// The name that commands and files use.
  public let kind: DetectorKind
  /// What it is and whose idea it was, in one sentence.
  public let summary: String
  /// What it looks at.
  public let group: DetectorGroup
  /// True for one that is trained in steps: it shares the minutes of a run, resumes where it was
  /// interrupted, and may begin with the weights of a trained detector.
  public let isIterative: Bool
  /// False for detectors that are trained elsewhere, and only used here.
  public let isTrainable: Bool

  /// Reads a detector from its file; the kind that the file names has been checked.
  let load: @Sendable (CheckpointFile) throws(DetectionError) -> any Detector

  /// Trains a detector: hands each one that is the best so far to `context.keep`, the last one too.
  ///
  /// Returns early where `context.isInterrupted` says so.
  public let train: @Sendable (_ context: DetectorTraining, _ start: (any Detector)?) throws -> Void

  /// - Parameters:
  ///   - load: makes a detector of what its `checkpoint()` wrote.
  ///   - train: trains one as the context says, from the weights of `start` where there is one.
  public init<Own: Detector>(
    _ kind: DetectorKind, summary: String, group: DetectorGroup = .frame, isIterative: Bool = false,
    load: @escaping @Sendable (CheckpointFile) throws(DetectionError) -> Own,
    train: @escaping @Sendable (_ context: DetectorTraining, _ start: Own?) throws -> Void
  ) {
    (self.kind, self.summary, self.group) = (kind, summary, group)
    (self.isIterative, isTrainable) = (isIterative, true)
    self.load = { file throws(DetectionError) in try load(file) }
    self.train = { context, start in try train(context, start as? Own) }
  }

  /// Detectors that were trained elsewhere.
  init<Own: Detector>(
    imported kind: DetectorKind, summary: String,
    load: @escaping @Sendable (CheckpointFile) throws(DetectionError) -> Own
  ) {
    (self.kind, self.summary, group) = (kind, summary, .frame)
    (isIterative, isTrainable) = (false, false)
    train = { _, _ in preconditionFailure("'\(kind.rawValue)' is trained elsewhere") }
    self.load = { file throws(DetectionError) in try load(file) }
  }
}

/// The name of a detector, by which commands and files know it.
///
/// Which detectors there are, and how each is trained and loaded, is said by `DetectorRegistry`.
public struct DetectorKind: RawRepresentable, Hashable, Codable, Sendable {
  /// Such as `efficientnet-b0`.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// A name.
  public init(_ name: String) { rawValue = name }
}
