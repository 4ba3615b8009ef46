import Engine
import TestSupport
import Testing

@testable import Generation

/// Training on several ranks, which are threads here, against one process.
@Suite struct RankedTrainingTests {
  private static let steps = 6

  @Test(arguments: ["plain", "weights and mask", "gan"])
  func swapsLearnAsInOneProcess(_ kind: String) throws {
    let make: @Sendable (Ranks) -> SwapTrainer = { ranks in
      var settings = SwapSettings(.fast)
      (settings.batch, settings.learningRate) = (5, 0.003)
      if kind == "weights and mask" {
        settings.features = FeatureWeights(eyes: 3, mouth: 2)
        settings.mask = MaskTerms()
      }
      if kind == "gan" {
        settings.gan = AdversarialSettings(.lsgan)
        settings.gan?.warmup = 2
      }
      return SwapTrainer(
        settings, a: tinyFaces(seed: 10), b: tinyFaces(seed: 20),
        model: SwapModel(tinyTrees(RandomSource(seed: 1), hasMask: settings.mask != nil)),
        ranks: ranks)
    }
    var whole = make(.alone)
    let expected = try RankedTrainingTests.losses(&whole)
    let train: @Sendable (Ranks) -> (losses: [Float], weights: [[Float]]) = { ranks in
      var trainer = make(ranks)
      guard ranks.isFirst else {
        trainer.follow()
        return ([], trainer.model.parameters.map(\.parameter.value.values))
      }
      defer { trainer.dismiss() }
      trainer.lead()
      let losses = (try? RankedTrainingTests.losses(&trainer)) ?? []
      return (losses, trainer.model.parameters.map(\.parameter.value.values))
    }
    let results = ThreadRanks.run(2, train)
    #expect(results[0].losses.count == expected.count)
    for (own, other) in zip(results[0].losses, expected) {
      #expect(abs(own - other) < 2e-4 * max(1, abs(other)), "\(own) \(other)")
    }
    #expect(results[0].weights == results[1].weights)
    #expect(ThreadRanks.run(2, train)[1].weights == results[1].weights)
  }

  /// All losses of some steps.
  private static func losses(_ trainer: inout SwapTrainer) throws -> [Float] {
    var losses: [Float] = []
    for step in 0..<steps {
      let step = try trainer.step(progress: Double(step) / Double(steps))
      losses += [step.lossA, step.lossB]
      losses += Side.allCases.flatMap { side in
        (step.terms[side] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
          + [step.adversarialLoss[side]].compactMap(\.self)
      }
      losses += step.outputs.flatMap { [$0.loss, Float($0.separation)] }
    }
    return losses
  }

  @Test func autoencodersLearnAsInOneProcess() throws {
    var settings = AutoencoderSettings()
    (settings.iterations, settings.batch) = (6, 3)
    settings.gan.warmup = 1
    let pictures = gradientPictures(4, seed: 3)
    let make: @Sendable (Ranks) -> AutoencoderTrainer = { [settings] in
      AutoencoderTrainer(settings, pictures: pictures, ranks: $0)
    }
    let train: @Sendable (Ranks) -> [Float] = { ranks in
      var trainer = make(ranks)
      guard ranks.isFirst else {
        trainer.follow()
        return []
      }
      defer { trainer.dismiss() }
      trainer.lead()
      return (0..<4).flatMap { _ in
        (try? trainer.step()).map { [$0.error, $0.adversarialLoss ?? 0] } ?? []
      }
    }
    let (own, other) = (ThreadRanks.run(2, train)[0], train(.alone))
    #expect(own.count == 8 && other.count == 8)
    for (own, other) in zip(own, other) { #expect(abs(own - other) < 1e-3, "\(own) \(other)") }
  }

  @Test func aCheckpointIsThatOfOneProcess() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    let results = ThreadRanks.run(2) { ranks -> String in
      var trainer = RankedTrainingTests.tiny(ranks)
      guard ranks.isFirst else {
        trainer.follow()
        return ""
      }
      defer { trainer.dismiss() }
      trainer.lead()
      do {
        for step in 0..<3 { _ = try trainer.step(progress: Double(step) / 6) }
        try trainer.save(to: path, by: "test")
        return ""
      } catch { return "\(error)" }
    }
    #expect(results == ["", ""])
    var resumed = RankedTrainingTests.tiny(.alone)
    try resumed.restore(from: path)
    var whole = RankedTrainingTests.tiny(.alone)
    var last: SwapStep?
    for step in 0..<4 { last = try whole.step(progress: Double(step) / 6) }
    let next = try resumed.step(progress: 3.0 / 6)
    #expect(next.iteration == 4)
    #expect(abs(next.lossA - (last?.lossA ?? 0)) < 2e-4)
  }

  private static func tiny(_ ranks: Ranks) -> SwapTrainer {
    var settings = SwapSettings(.fast)
    (settings.batch, settings.learningRate) = (4, 0.003)
    return SwapTrainer(
      settings, a: tinyFaces(seed: 10), b: tinyFaces(seed: 20),
      model: SwapModel(tinyTrees(RandomSource(seed: 1))), ranks: ranks)
  }
}
