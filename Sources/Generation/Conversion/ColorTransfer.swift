/// How a face takes on the light of the picture that it goes into.
public enum ColorTransfer: String, Codable, CaseIterable, Sendable {
  /// Its own colors.
  case none
  /// The mean color of the picture's face.
  case mean
  /// The mean and the spread of the picture's face along light, blue–yellow and red–green.
  ///
  /// Reinhard et al. 2001 on the axes of their l α β, but on gamma-coded values as they are, whose
  /// code is near-logarithmic already: so the change is one matrix, and black stays harmless.
  case lab
  /// The mean and the covariance of the picture's face, by the linear map that moves colors least
  /// (Monge–Kantorovich; Pitié and Kokaram 2007).
  case linear
  /// The histogram of the picture's face, for red, green and blue on their own.
  case histogram
}

extension ColorTransfer {
  /// Gives `face` the colors that `original` has, both weighed by `mask`.
  func apply(to face: inout FacePatch, like original: FacePatch, mask: [Float]) {
    change(of: face, to: original, mask: mask).apply(to: &face)
  }

  /// What gives `face` the colors that `original` has, both weighed by `mask`.
  func change(of face: FacePatch, to original: FacePatch, mask: [Float]) -> ColorAdjustment {
    guard self != .none, mask.contains(where: { $0 > 0 }) else { return .none }
    if self == .histogram {
      return ColorAdjustment(
        curves: ColorHistogram(of: face, mask: mask)
          .curves(to: ColorHistogram(of: original, mask: mask)))
    }
    let own = ColorStatistics(of: face, mask: mask)
    let wanted = ColorStatistics(of: original, mask: mask)
    return switch self {
    case .linear: ColorAdjustment(stretch: own.stretch(to: wanted), from: own.mean, to: wanted.mean)
    case .lab: ColorAdjustment(gain: own.gain(to: wanted), from: own.mean, to: wanted.mean)
    default: ColorAdjustment(gain: SIMD3(repeating: 1), from: own.mean, to: wanted.mean)
    }
  }
}
