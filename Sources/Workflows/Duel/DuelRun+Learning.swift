import Detection
import Faces
import Generation
import Records

extension DuelRun {
  /// Trains the swap model of a pair, from round 2 on against the newest detector.
  ///
  /// A control begins with the same weights, draws the same faces in the same order, and differs in
  /// the adversary alone.
  mutating func train(
    _ generator: DuelGenerator, _ pair: DuelPair, _ step: DuelStep
  ) throws -> String {
    let (names, recipe) = (names(step), state.settings.recipe.generator)
    let name = names.model(generator, pair)
    let steps = recipe.steps(in: step.round)
    var request = SwapRequest(a: pair.a, b: pair.b)
    (request.name, request.workspace) = (name, workspace.path)
    request.budget = SwapBudget(iterations: steps)
    (request.architecture, request.batch, request.selection) = (recipe.model, recipe.batch, .last)
    request.seed = seed(step, round: step.round, part: 100 * (1 + pair.split.place) + pair.number)
    if step.round > 1 {
      if !recipe.reinitialize {
        request.lossOptions.initialModel = names.model(.round(step.round - 1), pair)
      }
      if generator == .round(step.round) {
        request.lossOptions.adversary = names.model(
          .round(step.round - 1), state.settings.recipe)
        request.lossOptions.adversaryWeight = recipe.adversaryWeight
        request.lossOptions.adversaryBatch = recipe.adversaryBatch
        if !recipe.reinitialize { request.lossOptions.adversaryFidelity = recipe.adversaryFidelity }
      }
    }
    (request.sessionOptions.evaluateEvery, request.sessionOptions.previewEvery) = (steps, steps)
    request.sessionOptions.skipsSwaps = true
    // Only those of test people are reported.
    request.sessionOptions.ignoresTruth = pair.split != .test
    let report = report
    let outcome = try SwapRun.train(request, interruption: interruption) { report(.swap($0)) }
    guard !interruption.isAsked, let best = outcome.best else { throw DuelInterrupted() }
    let metrics = GeneratorMetrics(best)
    state.generators[name] = metrics
    return "held-out SSIM \(NumberText.fixed(metrics.ssim, 3))"
      + (metrics.truth.map { ", ground-truth SSIM \(NumberText.fixed($0.ssim, 3))" } ?? "")
  }

  /// Trains a detector on the set that was joined for it.
  mutating func learn(_ detector: DuelDetector, _ step: DuelStep) throws -> String {
    let recipe = state.settings.recipe.detector
    let name = names(step).set(detector)
    var request = DetectRequest()
    // Each detector starts from random weights, so that rounds differ by what they are shown alone.
    request.initialModel = DetectorInitialization.none
    (request.data, request.name, request.workspace) = (name, name, workspace.path)
    request.detectors = [recipe.network.kind]
    (request.iterations, request.batch) = (recipe.steps, recipe.batch)
    request.seed = seed(step, round: step.round, part: detector == .reference ? 2 : 1)
    let report = report
    let outcome = try DetectRun.train(request, interruption: interruption) { report(.detect($0)) }
    guard !interruption.isAsked, let results = outcome.results else { throw DuelInterrupted() }
    state.audits[name] = results.audit
    return "test ROC AUC \(MetricTables.text(results.detectors.first?.frames.metrics[.rocAUC]))"
  }
}
