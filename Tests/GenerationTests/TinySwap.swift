import Engine
import Media
import TestSupport

@testable import Generation

/// A swap model that learns in milliseconds: 64×64, some twenty thousand parameters.
func tinyTrees(_ randomness: RandomSource, hasMask: Bool = false) -> SwapLayers {
  var chance = randomness
  func decoder() -> Sequential {
    Sequential([
      Conv2D(
        inputs: 4, outputs: (hasMask ? 4 : 3) * 64, kernel: 3, activation: .leakyReLU(0.1),
        randomness: &chance),
      PixelShuffle(8),
      Activate(.sigmoid),
    ])
  }
  let encoder = Sequential([
    Conv2D(
      inputs: 3, outputs: 8, kernel: 5, stride: 4, activation: .leakyReLU(0.1), isFirst: true,
      randomness: &chance),
    Conv2D(
      inputs: 8, outputs: 8, kernel: 3, stride: 2, activation: .leakyReLU(0.1),
      randomness: &chance),
    Flatten(),
    Dense(inputs: 8 * 8 * 8, outputs: 16, randomness: &chance),
    Dense(inputs: 16, outputs: 8 * 8 * 4, randomness: &chance),
    Reshape([8, 8, 4]),
  ])
  return SwapLayers(encoder: encoder, decoderA: decoder(), decoderB: decoder())
}

/// The pictures of one made-up person.
func tinyFaces(seed: UInt64) -> SwapFaces {
  let pictures = gradientPictures(10, seed: seed)
  return SwapFaces(training: Array(pictures[..<8]), heldOut: Array(pictures[8...]))
}

/// A training that takes milliseconds a step.
func tinyTrainer(seed: UInt64 = 1, _ change: (inout SwapSettings) -> Void = { _ in }) -> SwapTrainer
{
  var settings = SwapSettings(.fast)
  settings.seed = seed
  settings.batch = 2
  settings.learningRate = 0.003
  change(&settings)
  return SwapTrainer(
    settings, a: tinyFaces(seed: 10), b: tinyFaces(seed: 20),
    model: SwapModel(tinyTrees(RandomSource(seed: settings.seed))))
}

extension SwapTrainer {
  /// Steps up to `iteration` of a run of 20, and gives the losses.
  mutating func train(to iteration: Int) throws(EngineError) -> [Float] {
    var losses: [Float] = []
    while state.iteration < iteration {
      let step = try step(progress: Double(state.iteration) / 20)
      losses += [step.lossA, step.lossB]
    }
    return losses
  }

  /// The weights' bits.
  var bits: [[UInt32]] {
    model.parameters.map { $0.parameter.plain.values.map(\.bitPattern) }
  }
}
