import Engine

/// Our own model: 64×64, a twentieth of the operations of `original`.
///
/// The first layer sees blocks of 4×4 pixels and the last one outputs blocks of 2×2, so nothing
/// runs at full resolution. Both decoders share a latent code of 512 numbers: a wider or spatial
/// one reconstructs better and leaks the source face into the swap.
///
/// - Parameter channels: the decoders' output channels: 3, or 4 with a mask.
func fastTrees(_ randomness: RandomSource, channels: Int) -> SwapLayers {
  func decoder(_ chance: RandomSource) -> Sequential {
    var chance = chance
    return Sequential([
      up(192, 96, &chance), residual(96, &chance),
      up(96, 48, &chance), residual(48, &chance),
      up(48, 32, &chance),
      Conv2D(inputs: 32, outputs: 4 * channels, kernel: 3, gain: 0.3, randomness: &chance),
      PixelShuffle(2), Activate(.sigmoid),
    ])
  }
  var chance = randomness.split(0)
  let encoder = Sequential([
    PixelUnshuffle(4),
    Conv2D(
      inputs: 48, outputs: 64, kernel: 3, activation: .leakyReLU(0.1),
      randomness: &chance),
    down(64, 128, &chance), down(128, 192, &chance),
    Flatten(),
    Dense(inputs: 4 * 4 * 192, outputs: 512, gain: 0.7, randomness: &chance),
    Dense(inputs: 512, outputs: 4 * 4 * 192, gain: 0.7, randomness: &chance),
    Reshape([4, 4, 192]),
  ])
  return SwapLayers(
    encoder: encoder, decoderA: decoder(randomness.split(1)), decoderB: decoder(randomness.split(2))
  )
}

/// Halves the side.
private func down(_ inputs: Int, _ outputs: Int, _ chance: inout RandomSource) -> Conv2D {
  Conv2D(
    inputs: inputs, outputs: outputs, kernel: 5, stride: 2, activation: .leakyReLU(0.1),
    randomness: &chance)
}

/// Doubles the side.
private func up(_ inputs: Int, _ outputs: Int, _ chance: inout RandomSource) -> Sequential {
  Sequential([
    Conv2D(
      inputs: inputs, outputs: 4 * outputs, kernel: 3, activation: .leakyReLU(0.1),
      randomness: &chance),
    PixelShuffle(2),
  ])
}

/// A residual block of two convolutions; small initial weights keep deep stacks stable.
func residual(_ width: Int, _ chance: inout RandomSource) -> Sequential {
  Sequential([
    Residual(
      Sequential([
        Conv2D(
          inputs: width, outputs: width, kernel: 3, activation: .leakyReLU(0.1),
          randomness: &chance),
        Conv2D(inputs: width, outputs: width, kernel: 3, gain: 0.3, randomness: &chance),
      ])),
    Activate(.leakyReLU(0.1)),
  ])
}
