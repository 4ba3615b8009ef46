import Engine

/// A discriminator that scores patches: 64×64 pixels to 8×8 scores, each for about 60×60 pixels.
///
/// The patch discriminator of shaoanlu's faceswap-GAN (three 4×4 convolutions of stride 2 to 64,
/// 128, 256, then one score) without its attention, in a form that is fast here: blocks of 4×4
/// pixels as channels, and 3×3 and 5×5 convolutions, which use Winograd's transform. All weights
/// but the last one have spectral normalization; the last one sets the scale of the scores.
///
/// - Parameter inputs: 6 channels for a face and the input that it was generated from, 3 for a
///   picture alone.
func patchDiscriminator(_ randomness: RandomSource, inputs: Int = 6) -> Sequential {
  var chance = randomness
  func convolution(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, isFirst: Bool = false
  ) -> SpectralNorm {
    SpectralNorm(
      Conv2D(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
        activation: .leakyReLU(0.2), isFirst: isFirst, randomness: &chance),
      randomness: &chance)
  }
  return Sequential([
    PixelUnshuffle(4),
    convolution(16 * inputs, 64, kernel: 3),
    convolution(64, 128, kernel: 5, stride: 2),
    convolution(128, 128, kernel: 3),
    Conv2D(inputs: 128, outputs: 1, kernel: 3, randomness: &chance),
  ])
}
