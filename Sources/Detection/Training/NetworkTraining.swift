import Engine
import Faces
import Foundation
import Media

extension DetectorDefinition {
  /// A detector that is a network, trained in steps.
  static func network(_ architecture: NetworkArchitecture) -> DetectorDefinition {
    DetectorDefinition(
      architecture.kind, summary: architecture.summary, group: architecture.group,
      isIterative: true,
      load: { file throws(DetectionError) in try NetworkDetector(file, architecture) },
      train: { try NetworkTraining(architecture, in: $0, start: $1).run() })
  }
}

/// The training of a network within a run: steps, validations and saves until the budget is used up.
struct NetworkTraining {
  /// Validation faces, or clips, of each class on which the network is validated again and again.
  private static let mostValidated = (faces: 192, clips: 48)

  private let settings: DetectorSettings
  private let context: DetectorTraining
  private let start: NetworkDetector?

  init(
    _ architecture: NetworkArchitecture, in context: DetectorTraining, start: NetworkDetector?
  ) {
    var settings = DetectorSettings(context.tuning?.applied(to: architecture) ?? architecture)
    (settings.seed, settings.precision) = (context.seed, context.precision)
    settings.batch = context.batch ?? settings.batch
    if let input = context.ranks.broadcast(start?.input) {
      settings.input = input
      settings.learningRate *= DetectorSettings.laterShare
    }
    settings.input.side = context.size ?? settings.input.side
    settings.input.share = context.cropShare ?? settings.input.share
    settings.learningRate = context.learningRate.map(Float.init) ?? settings.learningRate
    context.tuning?.apply(to: &settings)
    (self.settings, self.context, self.start) = (settings, context, start)
  }

  /// Trains to the end of the budget, or goes on from the file of an earlier session.
  func run() throws {
    let training = try samples(of: context.training, for: "training")
    var trainer = DetectorTrainer(
      settings, samples: training, degrading: degrading, ranks: context.ranks)
    guard context.ranks.isFirst else { return trainer.follow() }
    defer { trainer.dismiss() }
    let validation = try samples(of: context.validation, for: "validation")
    if let latest = context.latest, FileManager.default.fileExists(atPath: latest) {
      try trainer.restore(from: latest)
    } else if let start {
      try trainer.begin(with: start)
    }
    trainer.lead()
    try context.report(.started(iteration: trainer.state.iteration))
    let validated = validation.thinned(
      to: training.frames > 1
        ? NetworkTraining.mostValidated.clips : NetworkTraining.mostValidated.faces)
    let budget = context.budget
    var losses: [Float] = []
    var due = part(of: budget.progress(trainer.state)) + 1
    while !trainer.isOver, budget.progress(trainer.state) < 1, !context.isInterrupted() {
      let step = try trainer.step(progress: budget.progress(trainer.state))
      losses.append(step.loss)
      let progress = budget.progress(trainer.state)
      try context.report(.stepped(step, progress: progress))
      guard part(of: progress) >= due || progress >= 1 else { continue }
      due = part(of: progress) + 1
      let (validation, isBest) = trainer.evaluate(on: validated)
      if isBest { try context.keep(trainer.detector()) }
      try save(trainer)
      try context.report(
        .validated(
          validation, loss: Double(losses.reduce(0, +)) / Double(losses.count), isBest: isBest))
      losses = []
    }
    if context.isInterrupted() { try save(trainer) }
  }

  private func save(_ trainer: DetectorTrainer) throws {
    if let latest = context.latest { try trainer.save(to: latest, by: context.program) }
  }

  /// What the network is shown of some clips; the user is told of those that are too short.
  ///
  /// - Parameter purpose: what they are for.
  private func samples(of clips: LabeledClips, for purpose: String) throws -> NetworkSamples {
    let (name, frames) = (settings.architecture.rawValue, settings.architecture.frames)
    let samples = NetworkSamples(of: clips, frames: frames)
    guard frames > 1 else { return samples }
    guard Set(samples.labels).count == Label.allCases.count else {
      throw DetectionError.shortClips(detector: name, frames: frames, purpose: purpose)
    }
    if samples.count < clips.count {
      try context.report(
        .noted(
          "'\(name)' omits \(clips.count - samples.count) of \(clips.count) \(purpose) samples, which "
            + "have fewer than \(frames) consecutive frames."))
    }
    return samples
  }

  /// In which part of the budget a training is; it is validated at the end of each.
  private func part(of progress: Double) -> Int { Int(progress * Double(context.validations)) }

  /// What befalls each picture whenever it is shown: a little of what datasets are degraded by.
  private var degrading: DetectorBatches.Degrading {
    let factor = settings.degradation ?? 1
    return { NetworkTraining.degrading(&$0, factor: factor) }
  }

  private static func degrading(
    _ chance: inout RandomSource, factor: Double
  ) -> @Sendable (_ image: Image, _ frame: Int) -> Image {
    var draw = DegradationDraw()
    (draw.jpeg.probability, draw.color.probability) = (
      min(1, 0.1 * factor), min(1, 0.2 * factor)
    )
    for chance in [\DegradationDraw.resize, \.blur, \.noise] {
      draw[keyPath: chance].probability = min(1, 0.05 * factor)
    }
    let source = RandomSource(seed: chance.next())
    let drawn = draw.drawn(randomness: source.split(0))
    return { image, frame in
      (try? drawn.applied(to: image, randomness: source.split(1 + frame))) ?? image
    }
  }
}
