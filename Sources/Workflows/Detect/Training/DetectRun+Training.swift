import Detection
import Engine
import Faces
import Foundation
import Records

extension DetectRun {
  /// What of the minutes the steps of training may take; the rest is for validating and for detectors
  /// that are not trained in steps.
  private static let stepShare = 0.88

  /// Trains one detector to its end, or goes on with it; one that is trained is left as it is.
  mutating func train(
    _ kind: DetectorKind, on training: SamplePictures, validatedOn validation: SamplePictures
  ) throws {
    let place = place(of: kind)
    if FileManager.default.fileExists(atPath: place.best),
      try TrainedDetector(reading: place.best, as: kind, from: registry).operatingPoint != nil
    {
      return
    }
    guard let definition = registry[kind] else {
      throw WorkflowError.noDetector(name: kind.rawValue, nearest: nil, isKnown: false)
    }
    try RunFolder.make(place.checkpoints)
    let begun = ContinuousClock.now
    let clips = validation.labeledClips(groups: identityGroup)
    var log = self.log
    defer { self.log = log }
    if definition.isIterative { try handOut(kind) }
    let context = DetectorTraining(
      training: training.labeledClips(groups: identityGroup), validation: clips,
      seed: record.seed, precision: record.precision, batch: record.request.batch,
      size: record.request.size, cropShare: record.request.cropShare,
      learningRate: record.request.learningRate, budget: budget,
      latest: place.latest, program: Program.name, ranks: ranks,
      isInterrupted: { [interruption] in interruption.isAsked },
      keep: { try TrainedDetector($0, program: Program.name).write(to: place.best) },
      report: { [report] event in
        switch event {
        case .started(let iteration):
          log.cut(kind, after: iteration)
          report(.started(kind, iteration: iteration))
        case .noted(let sentence): report(.noted(sentence))
        case .stepped(let step, let progress):
          report(.stepped(kind, step, progress: progress))
        case .validated(let validation, let loss, let isBest):
          try log.append(
            DetectLog.Line(
              detector: kind, iteration: validation.iteration, seconds: validation.seconds,
              loss: loss, auc: validation.score))
          report(
            .evaluated(
              kind, iteration: validation.iteration, auc: validation.score, isBest: isBest))
        }
      })
    try definition.train(context, start(of: kind)?.detector)
    guard !interruption.isAsked else { return }
    try conclude(kind, at: place, clips, identities: validation.identities)
    report(.trained(kind, seconds: begun.duration(to: .now) / .seconds(1)))
  }

  /// Who belongs together when hyper-parameters are chosen.
  private var identityGroup: (Sample) -> String {
    let groups = Dictionary(
      zip(set.samples.map(\.path), set.groups), uniquingKeysWith: { first, _ in first })
    return { String(groups[$0.path] ?? 0) }
  }

  /// How many of the run's detectors are trained in steps.
  var iterative: Int { record.detectors.count { registry[$0]?.isIterative ?? false } }

  private var budget: DetectorBudget {
    guard let iterations = record.request.iterations else {
      return DetectorBudget(
        seconds: record.minutes * 60 * DetectRun.stepShare / Double(max(1, iterative)))
    }
    return DetectorBudget(iterations: iterations)
  }

  /// Of whom a detector of this run has learned, counting what it began with; nil where that is not known.
  private func people(known kind: DetectorKind) -> Set<String>? {
    let own = Set(set.samples.lazy.filter { $0.split != .test }.flatMap(\.identities))
    guard let start = start(of: kind) else { return own }
    return start.people.map { $0.union(own) }
  }

  /// The detector that a training of `kind` begins with; nil for fresh weights.
  private func start(of kind: DetectorKind) -> TrainedDetector? {
    start.flatMap { $0.detector.kind == kind ? $0 : nil }
  }

  /// Learns on validation clips what the detector's scores mean, and writes that with its weights.
  private func conclude(
    _ kind: DetectorKind, at place: RunFolder, _ validation: LabeledClips, identities: Int
  ) throws {
    var trained = try TrainedDetector(reading: place.best, as: kind, from: registry)
    let model = StoredDetector(name: place.name, path: place.best, trained: trained)
    try trained.calibrate(
      by: try model.scores(of: validation), of: validation,
      on: SetTest.name(of: .validation, in: set.path), identities: identities)
    trained.people = people(known: kind)
    trained.program = Program.name
    try trained.write(to: place.best)
  }
}
