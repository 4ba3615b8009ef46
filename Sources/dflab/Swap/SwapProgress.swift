import Foundation
import Generation
import Records
import Workflows

/// Tells what a swap training does: a bar on a terminal, a line an evaluation elsewhere.
final class SwapProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var rate = TrainingRate()
  private var quality: SwapQuality?
  private var shown = ContinuousClock.now

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: SwapEvent) {
    switch event {
    case .read(let side, let folder, let pictures, let skipped, let notes):
      let name = side.rawValue.uppercased()
      say("\(name): \(pictures) pictures in '\(folder)'")
      for note in notes { terminal.warn(note) }
      warn(of: skipped, name)
    case .started(let run, let folder, let iteration):
      let what = iteration == 0 ? "starts" : "goes on from iteration \(iteration)"
      say("The run '\(run)' \(what); results in \(folder)")
    case .stepped(let step, let progress):
      rate.note(step, progress: progress)
      for collapse in step.collapses { terminal.warn(sentence(collapse)) }
      renew(step, progress)
    case .foundTruth(let a, let b):
      say("Both are synthetic people: rendering the true swaps of \(a) + \(b) held-out pictures")
    case .lacksTruth(let sentence), .warned(let sentence): terminal.warn(sentence)
    case .evaluated(let iteration, let seconds, let quality, let truth, let isBest):
      self.quality = quality
      let best = isBest ? " (best)" : ""
      say("iteration \(iteration), \(time(seconds)): \(figures(quality))\(best)")
      if let truth { say("  against the true swap: \(figures(truth))") }
    case .stopped(let reason, let iteration):
      let end = iteration > 0 ? " Saved." : ""
      say("Stopped at iteration \(iteration): \(sentence(reason)).\(end)")
    case .alreadyDone(let reason, let iteration):
      say(
        "This run is at iteration \(iteration) already: \(sentence(reason)). "
          + "Ask for more with a larger --iterations or --minutes.")
    case .swapped(let done, let count):
      if !isQuiet { terminal.renew("swapped \(done) of \(count) pictures") }
    }
  }

  /// Shows what came out.
  func end(_ outcome: SwapOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    for line in SwapSummary(outcome).lines { terminal.print(line) }
  }

  private func say(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func warn(of skipped: [String], _ name: String) {
    guard !skipped.isEmpty else { return }
    let count = skipped.count == 1 ? "1 picture" : "\(skipped.count) pictures"
    terminal.warn("\(name): \(count) cannot be used:")
    for line in skipped.prefix(10) { terminal.warn("  \(line)") }
    if skipped.count > 10 {
      terminal.warn("  and \(skipped.count - 10) more, all named in settings.json")
    }
  }

  private func renew(_ step: SwapStep, _ progress: Double?) {
    guard !isQuiet, terminal.isLive, shown.duration(to: .now) > .milliseconds(200) else { return }
    shown = .now
    var parts = ["iteration \(step.iteration)"]
    if let faces = rate.faces { parts.append("\(decimals(faces, faces < 10 ? 1 : 0)) images/s") }
    parts.append("loss \(decimals(Double(step.lossA), 4)) \(decimals(Double(step.lossB), 4))")
    if let quality { parts.append("held-out SSIM \(decimals(quality.score, 3))") }
    if let progress {
      parts.insert(bar(progress), at: 0)
      if let left = rate.secondsLeft(progress) { parts.append("\(time(left)) left") }
    }
    terminal.renew(parts.joined(separator: "  "))
  }

  private func sentence(_ collapse: DiscriminatorCollapse) -> String {
    let discriminator = "The discriminator of \(collapse.side.rawValue.uppercased())"
    return switch collapse.kind {
    case .blind:
      "\(discriminator) has told nothing apart for \(DiscriminatorMonitor.patience) steps: it teaches nothing. "
        + "Start a run with a higher --gan-rate, or with the other --gan."
    case .overwhelming:
      "\(discriminator) has told everything apart for \(DiscriminatorMonitor.patience) steps: it cannot be pleased. "
        + "Start a run with a lower --gan-rate or a higher --gan-weight."
    }
  }

  private func sentence(_ reason: StopReason) -> String {
    switch reason {
    case .minutes: "the minutes are over"
    case .iterations: "the iterations are done"
    case .plateau: "the held-out score has stopped rising"
    case .interrupted: "interrupted"
    case .pretrained: "the model is used as it is"
    case .notFinite: "a number is not finite any more"
    }
  }
}
