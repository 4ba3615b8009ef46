import Detection
import Engine
import Faces
import Foundation
import Records

extension DetectRun {
  /// Validation faces of each class on which a training is judged again and again.
  private static let mostExamined = 192
  /// How often a training is judged.
  private static let examinations = 12
  /// What of the minutes the networks' steps may take; the rest is for judging them and for spectra.
  private static let stepShare = 0.88

  /// Trains one detector to its end, or goes on with it; one that is trained is left as it is.
  mutating func train(
    _ kind: DetectorKind, on training: SamplePictures, judgedBy validation: SamplePictures
  ) throws {
    let place = place(of: kind)
    if FileManager.default.fileExists(atPath: place.best),
      try TrainedDetector(reading: place.best, as: kind).threshold != nil
    {
      return
    }
    try RunFolder.make(place.checkpoints)
    let begun = ContinuousClock.now
    if let architecture = NetworkArchitecture(kind) {
      try train(architecture, at: place, on: training, judgedBy: validation)
    } else {
      report(.started(kind, iteration: 0))
      let detector = try spectrum(of: training)
      try TrainedDetector(detector, program: Program.name).write(to: place.best)
    }
    guard !interruption.isAsked else { return }
    try conclude(kind, at: place, validation)
    report(.trained(kind, seconds: begun.duration(to: .now) / .seconds(1)))
  }

  private func spectrum(of training: SamplePictures) throws -> SpectrumDetector {
    var learning = SpectrumTraining()
    learning.randomness = RandomSource(seed: record.seed)
    let spectra = PowerSpectrum(features: learning.features)
    let rows = try ThreadPool.map(training.count) { index in
      Result { () throws(DetectionError) in try spectra(training[index]) }
    }.map { try $0.get() }
    return try learning.detector(
      learning: FeatureMatrix(rows: rows), labels: training.labels, groups: people(training)
    ).detector
  }

  /// Who belongs together when hyper-parameters are chosen.
  private func people(_ pictures: SamplePictures) -> [String] {
    let groups = Dictionary(
      zip(set.samples.map(\.path), set.groups), uniquingKeysWith: { first, _ in first })
    return pictures.samples.map { String(groups[$0.path] ?? 0) }
  }

  private mutating func train(
    _ architecture: NetworkArchitecture, at place: RunFolder, on training: SamplePictures,
    judgedBy validation: SamplePictures
  ) throws {
    var settings = DetectorSettings(architecture)
    (settings.seed, settings.precision) = (record.seed, record.precision)
    settings.batch = record.batch ?? settings.batch
    let first = start(of: architecture.kind)?.detector as? NetworkDetector
    if let first {
      settings.input = first.input
      settings.learningRate *= DetectorSettings.laterShare
    }
    var trainer = DetectorTrainer(
      settings, faces: training.faces, degrading: DetectRun.degrading)
    if FileManager.default.fileExists(atPath: place.latest) {
      try trainer.restore(from: place.latest)
    } else if let first {
      try trainer.begin(with: first)
    }
    let kind = architecture.kind
    log.cut(kind, after: trainer.state.iteration)
    report(.started(kind, iteration: trainer.state.iteration))
    let examined = validation.thinned(to: DetectRun.mostExamined).faces
    let budget = budget
    var losses: [Float] = []
    var due = DetectRun.part(of: budget.progress(trainer.state)) + 1
    while !trainer.isOver, budget.progress(trainer.state) < 1, !interruption.isAsked {
      let step = try trainer.step(progress: budget.progress(trainer.state))
      losses.append(step.loss)
      let progress = budget.progress(trainer.state)
      report(.stepped(kind, step, progress: progress))
      guard DetectRun.part(of: progress) >= due || progress >= 1 else { continue }
      due = DetectRun.part(of: progress) + 1
      let (examination, isBest) = trainer.evaluate(on: examined)
      if isBest {
        try TrainedDetector(trainer.detector(), program: Program.name).write(to: place.best)
      }
      try trainer.save(to: place.latest, by: Program.name)
      try log.append(
        DetectLog.Line(
          detector: kind, iteration: step.iteration, seconds: step.seconds,
          loss: Double(losses.reduce(0, +)) / Double(losses.count), auc: examination.score))
      losses = []
      report(
        .examined(kind, iteration: step.iteration, auc: examination.score, isBest: isBest))
    }
    if interruption.isAsked { try trainer.save(to: place.latest, by: Program.name) }
  }

  /// In which part of the budget a training is; it is judged at the end of each.
  private static func part(of progress: Double) -> Int { Int(progress * Double(examinations)) }

  private var budget: DetectorBudget {
    let networks = record.detectors.count { NetworkArchitecture($0) != nil }
    guard let iterations = record.iterations else {
      return DetectorBudget(
        seconds: record.minutes * 60 * DetectRun.stepShare / Double(max(1, networks)))
    }
    return DetectorBudget(iterations: iterations)
  }

  /// What befalls each picture anew whenever it is shown: a little of what sets are degraded by.
  private static let degrading: DetectorBatches.Degrading = { image, chance in
    var draw = DegradationDraw()
    (draw.jpeg.probability, draw.color.probability) = (0.1, 0.2)
    for chance in [\DegradationDraw.resize, \.blur, \.noise] {
      draw[keyPath: chance].probability = 0.05
    }
    let source = RandomSource(seed: chance.next())
    let drawn = draw.drawn(randomness: source.split(0))
    return (try? drawn.applied(to: image, randomness: source.split(1))) ?? image
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

  /// Learns on validation faces what the detector's scores mean, and writes that with its weights.
  private func conclude(
    _ kind: DetectorKind, at place: RunFolder, _ validation: SamplePictures
  ) throws {
    var trained = try TrainedDetector(reading: place.best, as: kind)
    let model = DetectorModels.Model(name: place.name, path: place.best, trained: trained)
    let logits = try model.scores(of: validation)
    let calibration = try Calibration(
      .platt, logits: logits, labels: validation.labels)
    trained.calibration = calibration
    trained.threshold = try ScoredSamples<Frames>(
      logits: logits, calibration: calibration, labels: validation.labels,
      groups: validation.groups
    ).bestThreshold()
    trained.people = people(known: kind)
    trained.program = Program.name
    try trained.write(to: place.best)
  }
}

extension Detector {
  /// The logits of pictures that are decoded when they are needed.
  func scores(of pictures: SamplePictures) -> [Double] {
    let batch = 64
    return stride(from: 0, to: pictures.count, by: batch).flatMap { first in
      let count = min(batch, pictures.count - first)
      return scores(of: ThreadPool.map(count) { pictures[first + $0] })
    }
  }
}
