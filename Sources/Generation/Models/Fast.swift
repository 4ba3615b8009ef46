import Engine
import Faces

/// Our own model: 64×64, a twentieth of the operations of `original`.
///
/// The first layer sees blocks of 4×4 pixels and the last one outputs blocks of 2×2, so nothing
/// runs at full resolution. Both decoders share a latent code of 512 numbers: a wider or spatial
/// one reconstructs better and leaks the source face into the swap.
///
/// Larger faces change only the two ends: the first layer's blocks are larger, so that the encoder
/// works at 16×16 as ever, and the decoders' last blocks are 3×3, or follow one more upsampling.
///
/// - Parameters:
///   - channels: the decoders' output channels: 3, or 4 with a mask.
///   - side: the side of the faces, one of `Crop.sides`.
func fastTrees(
  _ randomness: RandomSource, channels: Int, side: Int = Crop.side
) -> SwapLayers {
  let detail = FastDetail(side: side)
  func decoder(_ chance: RandomSource) -> Sequential {
    var chance = chance
    return Sequential(
      [
        up(192, 96, &chance), residual(96, &chance),
        up(96, 48, &chance), residual(48, &chance),
        up(48, 32, &chance),
      ] + (detail.width.map { [up(32, $0, &chance)] } ?? []) + [
        Conv2D(
          inputs: detail.width ?? 32, outputs: detail.block * detail.block * channels, kernel: 3,
          gain: 0.3, randomness: &chance),
        PixelShuffle(detail.block), Activate(.sigmoid),
      ])
  }
  var chance = randomness.split(0)
  let encoder = Sequential([
    PixelUnshuffle(side / 16),
    Conv2D(
      inputs: 3 * (side / 16) * (side / 16), outputs: 64, kernel: 3, activation: .leakyReLU(0.1),
      randomness: &chance),
    down(64, 128, &chance), down(128, 192, &chance),
    Flatten(),
    Dense(inputs: 4 * 4 * 192, outputs: 512, gain: 0.7, randomness: &chance),
    Dense(inputs: 512, outputs: 4 * 4 * 192, gain: 0.7, randomness: &chance),
    Reshape([4, 4, 192]),
  ])
  return SwapLayers(
    encoder: encoder, decoderA: decoder(randomness.split(1)),
    decoderB: decoder(randomness.split(2)), side: side)
}

/// How the decoders of `fast` end for faces of a side.
struct FastDetail {
  /// The channels of the upsampling from 32×32 to 64×64; nil without it.
  let width: Int?
  /// The side of the blocks of pixels that the last convolution outputs.
  let block: Int

  init(side: Int) {
    width = side > 96 ? 24 : nil
    block = side / (side > 96 ? 64 : 32)
  }
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
