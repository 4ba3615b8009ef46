/// How a face is forged.
public enum ForgeryMethod: String, CaseIterable, Codable, Sendable {
  /// Swapped by a trained model.
  case swap
  /// Blended with a changed copy of itself (self-blended images; Shiohara & Yamasaki 2022).
  case sbi
  /// Another real face of nearly the same landmarks blended in (Face X-ray; Li et al. 2020).
  case xray
  /// Seen at a low resolution and warped back (face-warping artifacts; Li & Lyu 2019).
  case warp
  /// Resampled such that a grid is left in the spectrum, or passed through an autoencoder.
  case upsample
  /// Made by a swap model's decoder from a perturbed code.
  case gan

  /// Whether it can be done only to faces with landmarks.
  public var needsLandmarks: Bool { self == .sbi || self == .xray || self == .warp }

  /// Whether it needs a swap model that knows the person.
  public var needsModel: Bool { self == .swap || self == .gan }

  /// Whether it needs a second person's real face.
  public var needsDonor: Bool { self == .xray }
}
