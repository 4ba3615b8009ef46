import Engine
import Faces
import Foundation
import Generation
import Records

extension SwapRun {
  /// Trains, saves, draws, swaps.
  mutating func work() throws -> SwapOutcome {
    if record.request.pretrained != nil { return try show() }
    if let reason = limit {
      report(.alreadyDone(reason, iteration: trainer.state.iteration))
      try finish(isNew: false)
      return try outcome(reason)
    }
    let log = try SwapLog(
      at: folder.log, standingAt: trainer.state.iteration,
      boardOf: record.sessionOptions.hasBoard ? folder : nil)
    report(
      .started(run: folder.name, folder: folder.lab, iteration: trainer.state.iteration))
    if let effort = record.request.effort, let minutes = record.request.minutes {
      let sides = [a, b].filter { (record.sessionOptions.direction ?? .both).swaps($0.side) }
      report(
        .planned(
          effort, minutes: minutes, side: record.settings.side,
          pictures: sides.reduce(0) { $0 + $1.folder.pictures.count }))
    }
    let reason = try loop(log)
    report(.stopped(reason, iteration: trainer.state.iteration))
    try finish(isNew: true)
    return try outcome(reason)
  }

  /// Evaluates a pretrained model on these faces, and makes the pictures with it.
  private mutating func show() throws -> SwapOutcome {
    let trained = try trainer.best(at: weights)
    let (truth, settings) = (truth, record.settings)
    let best = try trainer.withWeights(of: weights) { trainer in
      BestCheckpoint(
        iteration: trained.iteration, seconds: trained.seconds, quality: trainer.heldOutQuality,
        groundTruth: truth?.quality(of: trainer.model, settings))
    }
    self.best = best
    try finish(isNew: true)
    return try outcome(.pretrained)
  }

  /// Trains until there is a reason to stop, then saves everything.
  private mutating func loop(_ log: SwapLog) throws -> StopReason {
    try handOut()
    trainer.lead()
    defer { trainer.dismiss() }
    var saved = ContinuousClock.now
    var last: SwapStep?
    while true {
      if let reason = stopReason {
        try close(log, reason, after: last)
        return reason
      }
      let step = try step(log)
      last = step
      report(.stepped(step, progress: progress))
      do {
        try note(step, in: log)
      } catch {
        // A failure to write the log or a picture must not cost the training.
        try? save()
        throw error
      }
      if saved.duration(to: .now) > .seconds(record.sessionOptions.saveEvery * 60) {
        try save()
        saved = .now
      }
    }
  }

  /// One step; a non-finite value ends the log, and nothing is saved.
  private mutating func step(_ log: SwapLog) throws -> SwapStep {
    do {
      return try trainer.step(progress: progress)
    } catch {
      var line = LogEntry(iteration: trainer.state.iteration, seconds: trainer.state.seconds)
      line.stopped = .notFinite
      try log.append(line)
      throw error
    }
  }

  /// The log entry, evaluation and pictures that are due after a step.
  private mutating func note(_ step: SwapStep, in log: SwapLog) throws {
    let sessionOptions = record.sessionOptions
    let isDue = step.iteration.isMultiple(of: sessionOptions.evaluateEvery)
    let isTelling = isDue || !step.collapses.isEmpty
    guard isTelling || step.iteration.isMultiple(of: sessionOptions.logEvery) else { return }
    var line = LogEntry(iteration: step.iteration, seconds: step.seconds).with(step)
    if isDue { line = line.with(try evaluate(isScheduled: true)) }
    try log.append(line)
    guard isDue,
      step.iteration.isMultiple(of: sessionOptions.previewEvery ?? sessionOptions.evaluateEvery)
    else { return }
    let drawing = drawing
    let preview = try trainer.withUsedWeights {
      try drawing.draw($0.model, as: "iteration \(step.iteration)")
    }
    try log.board?.append(
      preview.image, png: preview.png, as: "preview", step: step.iteration, seconds: step.seconds)
  }

  /// The last evaluation, save and log entry.
  ///
  /// - Parameter last: the session's last step, whose losses a short session logs nowhere else.
  private mutating func close(_ log: SwapLog, _ reason: StopReason, after last: SwapStep?) throws {
    var line = LogEntry(iteration: trainer.state.iteration, seconds: trainer.state.seconds)
    if let last { line = line.with(last) }
    line.stopped = reason
    if trainer.state.iteration > trainer.state.evaluated {
      line = line.with(try evaluate(isScheduled: false))
    }
    if trainer.state.iteration > 0 { try save() }
    try log.append(line)
  }

  /// The used share of the budget.
  private var progress: Double? {
    record.budget.progress(iteration: trainer.state.iteration, seconds: trainer.state.seconds)
  }

  /// The reason to stop now, if there is one.
  private var stopReason: StopReason? { interruption.isAsked ? .interrupted : limit }

  /// The reason why the budget is used up, if it is.
  private var limit: StopReason? {
    let (state, budget) = (trainer.state, record.budget)
    if let limit = budget.iterations, state.iteration >= limit { return .iterations }
    if let limit = budget.seconds, state.seconds >= limit { return .minutes }
    return budget.isOpen && state.plateau.isOver ? .plateau : nil
  }

  private func outcome(_ reason: StopReason) throws -> SwapOutcome {
    SwapOutcome(
      run: folder.name, lab: folder.lab, checkpoints: folder.checkpoints,
      stopped: interruption.isAsked ? .interrupted : reason, iteration: trainer.state.iteration,
      seconds: trainer.state.seconds, best: best, swaps: try conversion.results)
  }
}
