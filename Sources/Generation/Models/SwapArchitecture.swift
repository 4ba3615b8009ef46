import Engine

/// The swap models that can be trained.
public enum SwapArchitecture: String, CaseIterable, Codable, Sendable {
  /// faceswap's 64×64 model, exactly.
  case original
  /// Our own, for a CPU and for time to quality.
  case fast

  /// The trees of layers, with fresh weights.
  ///
  /// - Parameter hasMask: whether the decoders make a mask beside the face.
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
  /// Makes of any face, `[N, 64, 64, 3]`, what both decoders understand.
  var encoder: any Layer
  /// Makes face A of it, and face B, `[N, 64, 64, 3]`, 0…1; with a mask as a fourth channel.
  var decoderA, decoderB: any Layer
}
