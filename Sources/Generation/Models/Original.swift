import Engine

/// faceswap's `original`: 64×64, 82.06 million parameters with both decoders.
///
/// From `plugins/train/model/original.py` of deepfakes/faceswap: convolutions 5×5 of stride 2,
/// upsampling by a 3×3 convolution to four times the channels and a pixel shuffle, LeakyReLU 0.1,
/// no normalization, He-uniform weights.
///
/// - Parameter channels: the decoders' output channels: 3, or 4 with a mask.
func originalTrees(_ randomness: RandomSource, channels: Int) -> SwapLayers {
  func down(_ inputs: Int, _ outputs: Int, _ chance: inout RandomSource) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: 5, stride: 2, activation: .leakyReLU(0.1),
      isFirst: inputs == 3, randomness: &chance)
  }
  func up(_ inputs: Int, _ outputs: Int, _ chance: inout RandomSource) -> Sequential {
    Sequential([
      Conv2D(
        inputs: inputs, outputs: 4 * outputs, kernel: 3, activation: .leakyReLU(0.1),
        randomness: &chance),
      PixelShuffle(2),
    ])
  }
  func decoder(_ chance: RandomSource) -> Sequential {
    var chance = chance
    return Sequential([
      up(512, 256, &chance), up(256, 128, &chance), up(128, 64, &chance),
      Conv2D(inputs: 64, outputs: channels, kernel: 5, randomness: &chance),
      Activate(.sigmoid),
    ])
  }
  var chance = randomness.split(0)
  let encoder = Sequential([
    down(3, 128, &chance), down(128, 256, &chance), down(256, 512, &chance),
    down(512, 1024, &chance),
    Flatten(),
    Dense(inputs: 4 * 4 * 1024, outputs: 1024, randomness: &chance),
    Dense(inputs: 1024, outputs: 4 * 4 * 1024, randomness: &chance),
    Reshape([4, 4, 1024]),
    up(1024, 512, &chance),
  ])
  return SwapLayers(
    encoder: encoder, decoderA: decoder(randomness.split(1)), decoderB: decoder(randomness.split(2))
  )
}
