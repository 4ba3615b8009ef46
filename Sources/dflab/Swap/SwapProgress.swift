import Foundation
import Generation
import Records
import Workflows

/// Prints the progress of `dflab swap`.
final class SwapProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var rate = TrainingRate()
  private var quality: SwapQuality?
  private var shown = ContinuousClock.now

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: SwapEvent) {
    switch event {
    case .extracting(let side, let done, let count):
      guard !isQuiet else { return }
      let name = side.rawValue.uppercased()
      terminal.update("\(name): finding faces in \(done) of \(count) photographs")
    case .extracted(let side, let folder, let outcome):
      let omitted = outcome.omitted.isEmpty ? "" : "; left out: \(outcome.omitted)"
      log(
        "\(side.rawValue.uppercased()): \(outcome.kept) faces in \(outcome.frames) photographs of "
          + "'\(folder)'\(omitted)")
      for note in outcome.notes.prefix(10) { terminal.warn(note) }
    case .read(let side, let folder, let pictures, let skipped, let notes):
      let name = side.rawValue.uppercased()
      log("\(name): \(pictures) pictures in '\(folder)'")
      for note in notes { terminal.warn(note) }
      warn(of: skipped, name)
    case .started(let run, let folder, let iteration):
      let what = iteration == 0 ? "Starting" : "Resuming"
      let place = iteration == 0 ? "" : " at iteration \(iteration)"
      log("\(what) run '\(run)'\(place); results in \(folder)")
    case .planned(let effort, let minutes, let side, let pictures):
      log(
        "Effort '\(effort.rawValue)': \(time(minutes * 60)) of training at \(side)×\(side) pixels, then "
          + "\(pictures) pictures to swap; Ctrl-C saves, and the same command resumes")
    case .stepped(let step, let progress):
      rate.record(step, progress: progress)
      for collapse in step.collapses { terminal.warn(message(collapse)) }
      update(step, progress)
    case .foundGroundTruth(let a, let b):
      log("Synthetic identities: rendering the ground truth of \(a) + \(b) held-out pictures")
    case .lacksGroundTruth(let sentence), .warned(let sentence): terminal.warn(sentence)
    case .evaluated(let iteration, let seconds, let quality, let truth, let isBest):
      self.quality = quality
      let best = isBest ? " (best)" : ""
      log("iteration \(iteration), \(time(seconds)): \(text(quality))\(best)")
      if let truth { log("  against ground truth: \(text(truth))") }
    case .stopped(let reason, let iteration):
      let end = iteration > 0 ? " Saved." : ""
      log("Stopped at iteration \(iteration): \(message(reason)).\(end)")
    case .alreadyDone(let reason, let iteration):
      log(
        "Already at iteration \(iteration): \(message(reason)). "
          + "Increase --iterations or --minutes to continue training.")
    case .swapped(let done, let count):
      if !isQuiet { terminal.update("swapping: \(done) of \(count) pictures") }
    }
  }

  /// Prints the result.
  func end(_ outcome: SwapOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    for line in SwapSummary(outcome).lines { terminal.print(line) }
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func warn(of skipped: [String], _ name: String) {
    guard !skipped.isEmpty else { return }
    let count = skipped.count == 1 ? "1 picture" : "\(skipped.count) pictures"
    terminal.warn("\(name): skipping \(count):")
    for line in skipped.prefix(10) { terminal.warn("  \(line)") }
    if skipped.count > 10 {
      terminal.warn("  and \(skipped.count - 10) more, listed in settings.json")
    }
  }

  private func update(_ step: SwapStep, _ progress: Double?) {
    guard !isQuiet, terminal.isLive, shown.duration(to: .now) > .milliseconds(200) else { return }
    shown = .now
    var parts = ["iteration \(step.iteration)"]
    if let faces = rate.faces { parts.append("\(decimals(faces, faces < 10 ? 1 : 0)) faces/s") }
    parts.append("loss \(decimals(Double(step.lossA), 4)) \(decimals(Double(step.lossB), 4))")
    if let quality { parts.append("held-out SSIM \(decimals(quality.score, 3))") }
    if let progress {
      parts.insert(progressBar(progress), at: 0)
      if let left = rate.secondsLeft(progress) { parts.append("\(time(left)) left") }
    }
    terminal.update(parts.joined(separator: "  "))
  }

  private func message(_ collapse: DiscriminatorCollapse) -> String {
    let discriminator = "Discriminator \(collapse.side.rawValue.uppercased())"
    return switch collapse.kind {
    case .blind:
      "\(discriminator) has collapsed: its accuracy has been at chance for "
        + "\(DiscriminatorMonitor.patience) steps. Start a new run with a higher "
        + "--gan-learning-rate or the other --gan loss."
    case .overwhelming:
      "\(discriminator) overpowers the generator: its accuracy has been perfect for "
        + "\(DiscriminatorMonitor.patience) steps. Start a new run with a lower "
        + "--gan-learning-rate or a higher --gan-weight."
    }
  }

  private func message(_ reason: StopReason) -> String {
    switch reason {
    case .minutes: "time budget reached"
    case .iterations: "iterations reached"
    case .plateau: "held-out score stopped improving"
    case .interrupted: "interrupted"
    case .pretrained: "pretrained model, not trained"
    case .notFinite: "non-finite loss or gradient"
    }
  }
}

/// Training speed of this session.
struct TrainingRate {
  private var firstStep: SwapStep?
  private var lastStep: SwapStep?
  private var started: (progress: Double, at: ContinuousClock.Instant)?

  /// Records a step.
  mutating func record(_ step: SwapStep, progress: Double?) {
    if firstStep == nil {
      firstStep = step
      started = progress.map { ($0, .now) }
    }
    lastStep = step
  }

  /// Faces of both identities per second; nil until two steps are done.
  var faces: Double? {
    guard let firstStep, let lastStep, lastStep.seconds > firstStep.seconds else { return nil }
    return Double((lastStep.iteration - firstStep.iteration) * lastStep.faces)
      / (lastStep.seconds - firstStep.seconds)
  }

  /// Estimated seconds until the budget is used up.
  func secondsLeft(_ progress: Double) -> Double? {
    guard let started, progress > started.progress else { return nil }
    let elapsed = started.at.duration(to: .now) / .seconds(1)
    return elapsed * (1 - progress) / (progress - started.progress)
  }
}
