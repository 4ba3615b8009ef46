import Engine
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapLearningTests {
  @Test func bothSidesTogetherLearnWhatEachAloneWould() {
    let faces = Tensor.random([4, 64, 64, 3], in: 0...1, seed: 1)
    let targets = Tensor.random([2, 64, 64, 3], in: 0...1, seed: 2)
    let model = SwapModel(tinyTrees(RandomSource(seed: 3)))
    let losses = model.learn(from: faces, randomness: RandomSource(seed: 0)) { prediction, _ in
      MeanAbsoluteError()(prediction, targets, weight: nil)
    }
    let alone = SwapModel(tinyTrees(RandomSource(seed: 3)))
    let a = learnAlone(alone, .a, faces.samples(0..<2), targets)
    let b = learnAlone(alone, .b, faces.samples(2..<4), targets)
    #expect(
      allClose(
        Tensor(shape: [2], values: [losses.a, losses.b]), Tensor(shape: [2], values: [a, b])))
    for (left, right) in zip(model.parameters, alone.parameters) {
      #expect(
        allClose(left.parameter.plainGradient, right.parameter.plainGradient, tolerance: 1e-6),
        "\(left.name)")
      #expect(left.parameter.plainGradient.values.contains { $0 != 0 }, "\(left.name)")
    }
  }

  /// One side's batch through encoder and decoder, forward and backward.
  private func learnAlone(
    _ model: SwapModel, _ side: Side, _ faces: Tensor, _ targets: Tensor
  ) -> Float {
    let whole = Sequential([model.encoder, model.decoder(side)])
    var saved = Saved(.training)
    let loss = MeanAbsoluteError()(whole.forward(faces, saving: &saved), targets, weight: nil)
    _ = whole.backward(loss.gradient, from: &saved)
    return loss.value
  }
}
