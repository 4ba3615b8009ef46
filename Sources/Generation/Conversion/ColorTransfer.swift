/// How a face's colors are matched to the picture.
public enum ColorTransfer: String, Codable, CaseIterable, Sendable {
  /// No change.
  case none
  /// Matches the mean color of the picture's face.
  case mean
  /// Matches mean and standard deviation along light, blue–yellow and red–green.
  ///
  /// Reinhard et al. 2001 on the axes of their l α β, but on gamma-coded values, which are almost
  /// logarithmic already: the change is one matrix, and black is not a singularity.
  case lab
  /// Matches mean and covariance, by the linear map that moves colors least (Monge–Kantorovich;
  /// Pitié and Kokaram 2007).
  case linear
  /// Matches the histograms of red, green and blue separately.
  case histogram
}

extension ColorTransfer {
  /// Matches the colors of `face` to those of `original`, both weighted by `mask`.
  func apply(to face: inout FacePatch, like original: FacePatch, mask: [Float]) {
    change(of: face, to: original, mask: mask).apply(to: &face)
  }

  /// The change that matches the colors of `face` to those of `original`, both weighted by `mask`.
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
