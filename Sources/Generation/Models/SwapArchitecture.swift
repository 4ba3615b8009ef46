import Engine
import Faces

/// The available swap models.
public enum SwapArchitecture: String, CaseIterable, Codable, Sendable {
  /// faceswap's 64×64 model, exactly.
  case original
  /// Our own, designed for CPUs and short training.
  case fast

  /// The layers, with initial weights.
  ///
  /// - Parameters:
  ///   - side: the side of the faces, one of `sides`.
  ///   - hasMask: whether the decoders output a mask.
  func trees(_ randomness: RandomSource, side: Int, hasMask: Bool) -> SwapLayers {
    precondition(sides.contains(side), "'\(rawValue)' with \(side)×\(side) pixels")
    let channels = hasMask ? 4 : 3
    switch self {
    case .original: return originalTrees(randomness, channels: channels)
    case .fast: return fastTrees(randomness, channels: channels, side: side)
    }
  }

  /// The sides that its faces can have, in pixels.
  public var sides: [Int] { self == .fast ? Crop.sides : [Crop.side] }
}

/// The three parts of a swap model.
struct SwapLayers {
  /// Encodes any face, `[N, side, side, 3]`, as a latent code for both decoders.
  var encoder: any Layer
  /// Decode the code as face A or B, `[N, side, side, 3]`, 0…1; with a mask as a fourth channel.
  var decoderA, decoderB: any Layer
  /// The side of the faces, in pixels.
  var side = Crop.side
}
