import Engine
import Foundation
import TestSupport
import Testing

@testable import Generation

/// Ten training steps of PyTorch, as `Golden/models.py` writes them.
private struct GoldenSteps: Decodable {
  var parameters: Int
  var rate: Float
  var losses: [[Float]]

  static func read(_ name: String) throws -> GoldenSteps {
    let url = try #require(
      Bundle.module.url(forResource: "models", withExtension: "json", subdirectory: "Golden"))
    let all = try JSONDecoder().decode([String: GoldenSteps].self, from: Data(contentsOf: url))
    return try #require(all[name])
  }
}

@Test(arguments: SwapArchitecture.allCases)
func tenStepsGoAsInPyTorch(_ architecture: SwapArchitecture) throws {
  let golden = try GoldenSteps.read(architecture.rawValue)
  let model = SwapModel(architecture, randomness: RandomSource(seed: 1))
  #expect(
    model.parameters.map { $0.parameter.plainShape.reduce(1, *) }.reduce(0, +) == golden.parameters)
  var data = RandomSource(seed: 2)
  let pictures = (0..<4).map { _ in
    Tensor(
      shape: [2, 64, 64, 3], values: (0..<2 * 64 * 64 * 3).map { _ in Float(data.uniform()) })
  }
  let faces = Tensor.joined(Array(pictures[..<2]))
  var optimizer = Optimizer(
    .adam(beta1: 0.5, beta2: 0.999, epsilon: 1e-8), parameters: model.parameters)
  for (step, expected) in golden.losses.enumerated() {
    let losses = model.learn(from: faces, randomness: RandomSource(seed: 0)) {
      MeanAbsoluteError()($0, pictures[$1 == .a ? 2 : 3], weight: nil)
    }
    optimizer.step(learningRate: golden.rate)
    // Rounding grows with each step of Adam, which turns small gradients into whole steps.
    let tolerance = 5e-5 * Float(1 << min(step, 6))
    #expect(abs(losses.a - expected[0]) < tolerance, "A, step \(step)")
    #expect(abs(losses.b - expected[1]) < tolerance, "B, step \(step)")
  }
}

/// One step after the other: the generator pays a tenth of the discriminators' output, then these learn.
@Test func tenStepsWithDiscriminatorsGoAsInPyTorch() throws {
  let golden = try GoldenSteps.read("fast with discriminators")
  let model = SwapModel(.fast, randomness: RandomSource(seed: 1))
  var discriminators = SwapDiscriminators(
    AdversarialSettings(.lsgan), randomness: RandomSource(seed: 3))
  let trainable = discriminators.parameters.filter(\.parameter.isTrainable)
  #expect(
    trainable.map { $0.parameter.plainShape.reduce(1, *) }.reduce(0, +) == 2 * golden.parameters)
  var data = RandomSource(seed: 2)
  let pictures = (0..<4).map { _ in
    Tensor(
      shape: [2, 64, 64, 3], values: (0..<2 * 64 * 64 * 3).map { _ in Float(data.uniform()) })
  }
  var optimizer = Optimizer(
    .adam(beta1: 0.5, beta2: 0.999, epsilon: 1e-8), parameters: model.parameters)
  for (step, expected) in golden.losses.enumerated() {
    var exhibits: [SwapDiscriminators.Exhibit] = []
    var adversarialLoss: [Float] = []
    let losses = model.learn(
      from: Tensor.joined(Array(pictures[..<2])), randomness: RandomSource(seed: 0)
    ) { made, side in
      let index = side == .a ? 0 : 1
      let exhibit = SwapDiscriminators.Exhibit(
        side: side, real: pictures[2 + index], made: made, input: pictures[index])
      exhibits.append(exhibit)
      let loss = MeanAbsoluteError()(made, exhibit.real, weight: nil)
      let output = discriminators.adversarialLoss(exhibit)
      adversarialLoss.append(output.value)
      return LossValue(
        value: loss.value, gradient: loss.gradient.adding(output.gradient, times: 0.1))
    }
    optimizer.step(learningRate: golden.rate)
    let learned = discriminators.learn(from: exhibits, rate: golden.rate / 2)
    let outputs = try #require(learned)
    let found = [losses.a, losses.b] + adversarialLoss + outputs.map(\.loss)
    let tolerance = 1e-4 * Float(1 << min(step, 6))
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) < tolerance, "step \(step)")
    }
  }
}

@Test(arguments: Precision.allCases)
func theFastModelLearnsTheSameBitsTwice(_ precision: Precision) {
  let runs = (0..<2).map { _ in
    var exercise = SwapStepBenchmark(settings(precision))
    for _ in 0..<20 { exercise.train() }
    return exercise.model.parameters.map { $0.parameter.value.values.map(\.bitPattern) }
  }
  #expect(runs[0] == runs[1])
}

private func settings(_ precision: Precision) -> SwapSettings {
  var settings = SwapSettings(.fast)
  settings.batch = 2
  settings.precision = precision
  return settings
}
