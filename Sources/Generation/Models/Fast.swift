import Engine

/// Our own model: 64×64, about a twelfth of the operations of `original`.
///
/// Thin where the picture is large, a bottleneck of 512 numbers, 3×3 convolutions alone in the
/// decoders, and a residual block after each of the first three steps up.
func fastTrees(_ randomness: RandomSource) -> SwapTrees {
  func down(_ inputs: Int, _ outputs: Int, _ chance: inout RandomSource) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: inputs == 3 ? 5 : 3, stride: 2,
      activation: .leakyReLU(0.1), isFirst: inputs == 3, randomness: &chance)
  }
  func up(_ inputs: Int, _ outputs: Int, _ chance: inout RandomSource) -> Sequential {
    Sequential([
      Conv2D(
        inputs: inputs, outputs: 4 * outputs, kernel: 3, activation: .leakyReLU(0.1),
        randomness: &chance),
      PixelShuffle(2),
    ])
  }
  func residual(_ width: Int, _ chance: inout RandomSource) -> Residual {
    Residual(
      Sequential([
        Conv2D(
          inputs: width, outputs: width, kernel: 3, activation: .leakyReLU(0.1),
          randomness: &chance),
        Conv2D(inputs: width, outputs: width, kernel: 3, randomness: &chance),
      ]))
  }
  func decoder(_ chance: RandomSource) -> Sequential {
    var chance = chance
    return Sequential([
      up(256, 192, &chance), residual(192, &chance),
      up(192, 96, &chance), residual(96, &chance),
      up(96, 48, &chance), residual(48, &chance),
      up(48, 24, &chance),
      Conv2D(inputs: 24, outputs: 3, kernel: 5, randomness: &chance),
      Activate(.sigmoid),
    ])
  }
  var chance = randomness.split(0)
  let encoder = Sequential([
    down(3, 64, &chance), down(64, 128, &chance), down(128, 256, &chance), down(256, 512, &chance),
    Flatten(),
    Dense(inputs: 4 * 4 * 512, outputs: 512, randomness: &chance),
    Dense(inputs: 512, outputs: 4 * 4 * 256, randomness: &chance),
    Reshape([4, 4, 256]),
  ])
  return SwapTrees(
    encoder: encoder, decoderA: decoder(randomness.split(1)), decoderB: decoder(randomness.split(2))
  )
}
