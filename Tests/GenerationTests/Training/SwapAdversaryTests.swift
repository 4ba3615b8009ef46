import Engine
import Media
import TestSupport
import Testing

@testable import Generation

/// Likes bright swaps: the adversarialLoss is how far the mean of all values is from 1.
private struct BrightLover: SwapAdversary {
  func evasionLoss(of swaps: ShownSwaps) -> LossValue {
    let made = swaps.made
    precondition(swaps.pictures.allSatisfy { $0.width == 256 })
    return LossValue(
      value: 1 - made.values.reduce(0, +) / Float(made.count),
      gradient: Tensor(made.shape, filled: -1 / Float(made.count)))
  }
}

extension Tensor {
  fileprivate init(_ shape: [Int], filled value: Float) {
    self.init(shape: shape, values: [Float](repeating: value, count: shape.reduce(1, *)))
  }
}

@Suite struct SwapAdversaryTests {
  private func trainer(
    weight: Float?, hasMask: Bool = false, fidelity: Float? = nil
  ) -> SwapTrainer {
    var settings = SwapSettings(.fast)
    (settings.batch, settings.learningRate) = (2, 0.003)
    if hasMask { settings.mask = MaskTerms() }
    if let weight {
      settings.adversary = AdversarySettings("bright")
      settings.adversary?.weight = weight
      settings.adversary?.batch = 3
      settings.adversary?.fidelity = fidelity
    }
    return SwapTrainer(
      settings, a: tinyFaces(seed: 10), b: tinyFaces(seed: 20),
      model: SwapModel(tinyTrees(RandomSource(seed: 1), hasMask: hasMask)),
      adversary: weight == nil ? nil : BrightLover(),
      anchor: SwapModel(tinyTrees(RandomSource(seed: 1), hasMask: hasMask)))
  }

  @Test(arguments: [false, true])
  func theAdversarysGradientReachesEncoderAndBothDecoders(hasMask: Bool) throws {
    var (plain, opposed) = (
      trainer(weight: 0, hasMask: hasMask), trainer(weight: 5, hasMask: hasMask)
    )
    let step = try opposed.step(progress: 0)
    #expect(
      try plain.step(progress: 0).evasionLosses == step.evasionLosses,
      "the adversarialLoss has no weight in it")
    #expect(
      step.evasionLosses.keys.count == 2
        && step.evasionLosses.values.allSatisfy { (0...1).contains($0) })
    for part in ["encoder", "decoder_a", "decoder_b"] {
      let different = zip(plain.model.parameters, opposed.model.parameters).contains {
        $0.name.hasPrefix(part) && $0.parameter.plain != $1.parameter.plain
      }
      #expect(different, "\(part)")
    }
  }

  @Test func swapsLearnToPleaseIt() throws {
    var (plain, opposed) = (trainer(weight: 0), trainer(weight: 20))
    for _ in 0..<30 {
      _ = try plain.step(progress: 0)
      _ = try opposed.step(progress: 0)
    }
    let (dear, cheap) = (
      try plain.step(progress: 0).evasionLosses, try opposed.step(progress: 0).evasionLosses
    )
    for side in Side.allCases {
      #expect((cheap[side] ?? 1) < (dear[side] ?? 0) - 0.05, "\(side)")
    }
  }

  @Test(arguments: [false, true])
  func swapsAreHeldToThoseOfTheWeightsTheyBeganWith(hasMask: Bool) throws {
    var free = trainer(weight: 20, hasMask: hasMask)
    #expect(try free.step(progress: 0).fidelityLosses.isEmpty)
    var (loose, held) = (
      trainer(weight: 20, hasMask: hasMask, fidelity: 0.001),
      trainer(weight: 20, hasMask: hasMask, fidelity: 50)
    )
    let first = try held.step(progress: 0).fidelityLosses
    #expect(first.count == 2 && first.values.allSatisfy { abs($0) < 1e-4 }, "they are the same yet")
    _ = try loose.step(progress: 0)
    for _ in 0..<30 {
      _ = try loose.step(progress: 0)
      _ = try held.step(progress: 0)
    }
    let (far, near) = (
      try loose.step(progress: 0).fidelityLosses, try held.step(progress: 0).fidelityLosses
    )
    for side in Side.allCases {
      #expect((near[side] ?? 1) < 0.5 * (far[side] ?? 0), "\(side)")
    }
  }

  @Test func withoutAnAdversaryNothingIsPaid() throws {
    var plain = trainer(weight: nil)
    #expect(try plain.step(progress: 0).evasionLosses.isEmpty)
  }

  @Test func aTrainingWithAnAdversaryGoesOnWithTheSameBits() throws {
    let folder = try TemporaryFolder()
    var whole = trainer(weight: 1)
    _ = try whole.train(to: 6)
    var half = trainer(weight: 1)
    _ = try half.train(to: 3)
    try half.save(to: folder.path("half"), by: "test")
    var rest = trainer(weight: 1)
    try rest.restore(from: folder.path("half"))
    _ = try rest.train(to: 6)
    #expect(rest.bits == whole.bits)
  }
}
