import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapDiscriminatorsTests {
  private func exhibits(_ seed: UInt64) -> [SwapDiscriminators.Exhibit] {
    Side.allCases.map { side in
      let seed = seed &+ (side == .a ? 0 : 50)
      return SwapDiscriminators.Exhibit(
        side: side, real: .random([2, 64, 64, 3], in: 0.5...1, seed: seed),
        made: .random([2, 64, 64, 3], in: 0...0.5, seed: seed &+ 1),
        input: .random([2, 64, 64, 3], in: 0...1, seed: seed &+ 2))
    }
  }

  @Test(arguments: AdversarialSettings.Kind.allCases)
  func discriminatorsLearnToTellBrightFromDark(kind: AdversarialSettings.Kind) throws {
    var discriminators = SwapDiscriminators(
      AdversarialSettings(kind), randomness: RandomSource(seed: 1))
    var outputs: [DiscriminatorOutput] = []
    for step in 0..<40 {
      let learned = discriminators.learn(from: exhibits(UInt64(step * 3)), rate: 1e-3)
      outputs = try #require(learned)
    }
    #expect(outputs.map(\.side) == [.a, .b])
    #expect(outputs.allSatisfy { $0.separation > 0.9 })
  }

  @Test func thePriceOfNotFoolingLeavesTheDiscriminatorsAlone() throws {
    let discriminators = SwapDiscriminators(
      AdversarialSettings(.lsgan), randomness: RandomSource(seed: 1))
    let trainable = discriminators.parameters.filter(\.parameter.isTrainable)
    let before = trainable.map(\.parameter.plain)
    let exhibit = try #require(exhibits(4).last)
    let adversarialLoss = discriminators.adversarialLoss(exhibit)
    #expect(adversarialLoss.gradient.shape == [2, 64, 64, 3])
    #expect(adversarialLoss.gradient.values.contains { $0 != 0 })
    #expect(trainable.map(\.parameter.plain) == before)
    #expect(trainable.allSatisfy { $0.parameter.plainGradient.values.allSatisfy { $0 == 0 } })
  }

  @Test func theOpinionGainsItsWeightAfterTheWarmUp() {
    var settings = AdversarialSettings(.hinge)
    (settings.weight, settings.warmup) = (0.2, 10)
    #expect(settings.strength(at: 9) == 0)
    #expect(abs(settings.strength(at: 10) - 0.02) < 1e-6)
    #expect(abs(settings.strength(at: 14) - 0.1) < 1e-6)
    #expect(settings.strength(at: 19) == 0.2 && settings.strength(at: 900) == 0.2)
    settings.warmup = 0
    #expect(settings.strength(at: 0) == 0.2)
  }

  @Test func theBestWeightsAreFromWhenTheDiscriminatorsHaveTheirWeight() {
    var settings = SwapSettings(.fast)
    #expect(settings.isSettled(at: 0))
    settings.gan = AdversarialSettings(.lsgan)
    settings.gan?.warmup = 10
    #expect(!settings.isSettled(at: 19) && settings.isSettled(at: 20))
  }

  @Test(arguments: [(0.0, DiscriminatorCollapse.Kind.blind), (1.0, .overwhelming)])
  func aDiscriminatorThatIsNoRivalIsNoticedOnceAfterLong(
    separation: Double, kind: DiscriminatorCollapse.Kind
  ) {
    var watch = DiscriminatorMonitor()
    var collapses: [DiscriminatorCollapse] = []
    for _ in 0..<2 * DiscriminatorMonitor.patience {
      collapses += [Side.a, .b].compactMap { side in
        let output = DiscriminatorOutput(
          side: side, loss: 0, separation: side == .b ? separation : 0.5)
        return watch.note(output)
      }
    }
    #expect(collapses == [DiscriminatorCollapse(side: .b, kind: kind)])
  }

  @Test func trainingWithDiscriminatorsAndMaskGoesOnWithTheSameBits() throws {
    let folder = try TemporaryFolder()
    func trainer() -> SwapTrainer {
      var settings = SwapSettings(.fast)
      (settings.batch, settings.learningRate) = (2, 0.003)
      settings.gan = AdversarialSettings(.lsgan)
      settings.gan?.warmup = 3
      settings.mask = MaskTerms()
      settings.features = FeatureWeights(eyes: 3, mouth: 2)
      settings.edgeWeight = 0.1
      settings.warp.jitter = .gentle
      settings.warp.occlusion = 0.3
      settings.unwarpedFraction = 0.5
      return SwapTrainer(
        settings, a: tinyFaces(seed: 10), b: tinyFaces(seed: 20),
        model: SwapModel(tinyTrees(RandomSource(seed: 1), hasMask: true)))
    }
    var whole = trainer()
    let losses = try whole.train(to: 12)
    var first = trainer()
    let before = try first.train(to: 6)
    try first.save(to: folder.path("latest.safetensors"), by: "test")
    var second = trainer()
    try second.restore(from: folder.path("latest.safetensors"))
    #expect(second.state == first.state && second.state.discriminators != nil)
    #expect(before + (try second.train(to: 12)) == losses)
    try whole.save(to: folder.path("whole.safetensors"), by: "test")
    try second.save(to: folder.path("second.safetensors"), by: "test")
    let (left, right) = (
      try Checkpoint(reading: folder.path("whole.safetensors")),
      try Checkpoint(reading: folder.path("second.safetensors"))
    )
    #expect(left.tensors.map(\.name) == right.tensors.map(\.name))
    #expect(left.tensors.contains { $0.name == "discriminator_b.1.v" })
    #expect(
      left.tensors.contains { $0.name == "discriminator_optimizer.discriminator_a.4.weight.second" }
    )
    for (a, b) in zip(left.tensors, right.tensors) {
      #expect(
        a.tensor.values.map(\.bitPattern) == b.tensor.values.map(\.bitPattern), "\(a.name)")
    }
  }

  @Test func discriminatorsBeginAfterTheWarmUpAndSayWhatTheyThink() throws {
    var trainer = tinyTrainer {
      $0.gan = AdversarialSettings(.hinge)
      $0.gan?.warmup = 2
    }
    for iteration in 0..<4 {
      let step = try trainer.step(progress: 0)
      #expect(step.outputs.count == (iteration < 2 ? 0 : 2))
      #expect(step.adversarialLoss.count == (iteration < 2 ? 0 : 2))
      #expect(Set((step.terms[.b] ?? [:]).keys) == ["mae", "dssim"])
    }
  }

  @Test func settingsOfOlderCheckpointsAreAsTheyWere() throws {
    let encoded = try JSONEncoder().encode(SwapSettings(.original))
    var keys = try #require(
      try JSONSerialization.jsonObject(with: encoded) as? [String: Any])
    for key in ["edgeWeight", "features", "gan", "mask", "unwarpedFraction"] { keys[key] = nil }
    let old = try JSONDecoder().decode(
      SwapSettings.self, from: JSONSerialization.data(withJSONObject: keys))
    #expect(old == SwapSettings(.original))
    #expect(old.gan == nil && old.mask == nil && old.warp.occlusion == nil)
  }

  @Test func discriminatorsThatDifferAreNamedWhenAModelIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    try tinyTrainer().save(to: path, by: "test")
    var other = tinyTrainer { $0.gan = AdversarialSettings(.hinge) }
    let reason = """
      it was trained with other settings (--gan none, not hinge, --gan-weight none, not 0.1, \
      --gan-learning-rate none, not 0.0002, --gan-warmup none, not 500)
      """
    #expect(throws: EngineError.mismatchedCheckpoint(path: path, reason: reason)) {
      try other.restore(from: path)
    }
  }
}
