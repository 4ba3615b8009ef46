import Engine

/// The available swap models.
public enum SwapArchitecture: String, CaseIterable, Codable, Sendable {
  /// faceswap's 64×64 model, exactly.
  case original
  /// Our own, designed for CPUs and short training.
  case fast

  /// The layers, with initial weights.
  ///
  /// - Parameter hasMask: whether the decoders output a mask.
  func trees(_ randomness: RandomSource, hasMask: Bool) -> SwapLayers {
    let channels = hasMask ? 4 : 3
    switch self {
    case .original: return originalTrees(randomness, channels: channels)
    case .fast: return fastTrees(randomness, channels: channels)
    }
  }
}

/// The three parts of a swap model.
struct SwapLayers {
  /// Encodes any face, `[N, 64, 64, 3]`, as a latent code for both decoders.
  var encoder: any Layer
  /// Decode the code as face A or B, `[N, 64, 64, 3]`, 0…1; with a mask as a fourth channel.
  var decoderA, decoderB: any Layer
}
