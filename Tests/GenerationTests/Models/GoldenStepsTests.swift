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

  static func read(_ architecture: SwapArchitecture) throws -> GoldenSteps {
    let url = try #require(
      Bundle.module.url(forResource: "models", withExtension: "json", subdirectory: "Golden"))
    let all = try JSONDecoder().decode([String: GoldenSteps].self, from: Data(contentsOf: url))
    return try #require(all[architecture.rawValue])
  }
}

@Test(arguments: SwapArchitecture.allCases)
func tenStepsGoAsInPyTorch(_ architecture: SwapArchitecture) throws {
  let golden = try GoldenSteps.read(architecture)
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

@Test(arguments: Precision.allCases)
func theFastModelLearnsTheSameBitsTwice(_ precision: Precision) {
  let runs = (0..<2).map { _ in
    var exercise = SwapExercise(settings(precision))
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
