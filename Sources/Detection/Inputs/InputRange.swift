import Foundation

/// The pictures that a detector knows; on others it gives no verdict.
///
/// The usual limits hold for every detector. Validation faces that lie beyond them widen the range: a
/// detector that was validated on blurred faces knows them.
public struct InputRange: Codable, Equatable, Sendable {
  /// The least sharpness.
  public let sharpness: Double
  /// The greatest flatness.
  public let flatness: Double

  /// The limits where nothing is known of the validation faces.
  public static let usual = InputRange(sharpness: -2.4, flatness: 2.2)

  /// The narrowest face, in pixels of the source.
  public static let faceWidth = 80.0
  /// The blockiness of a picture that compression has made coarse, and that of one that it has made
  /// coarse and smooth.
  private static let (blockiness, smoothBlockiness) = (1.9, 0.6)
  /// The grain below which a picture counts as smooth.
  private static let smoothGrain = -1.4

  private init(sharpness: Double, flatness: Double) {
    (self.sharpness, self.flatness) = (sharpness, flatness)
  }

  /// The usual range, with what lies between the 0.5 % and 99.5 % quantiles of validation faces.
  init(validatedOn faces: [InputQuality]) {
    guard !faces.isEmpty else {
      self = .usual
      return
    }
    let beyond = faces.count / 200
    self.init(
      sharpness: min(InputRange.usual.sharpness, faces.map(\.sharpness).sorted()[beyond]),
      flatness: max(
        InputRange.usual.flatness, faces.map(\.flatness).sorted(by: >)[beyond]))
  }

  /// Why pictures are outside, each to be read inside a sentence; none where the detector knows them.
  public func reasons(against quality: InputQuality) -> [String] {
    var reasons: [String] = []
    if let width = quality.faceWidth, width < InputRange.faceWidth {
      reasons.append(
        "the face is \(Int(width)) pixels wide, fewer than \(Int(InputRange.faceWidth))")
    }
    if let blocks = quality.blockiness,
      blocks > InputRange.blockiness
        || blocks > InputRange.smoothBlockiness && quality.grain < InputRange.smoothGrain
    {
      reasons.append(
        "extreme compression (steps between 8×8 blocks \(text(exp2(blocks), 1)) times those inside)"
      )
    }
    if quality.sharpness < sharpness {
      reasons.append(
        "heavy blur (sharpness \(text(quality.sharpness, 2)), below \(text(sharpness, 2)))")
    }
    if quality.flatness > flatness {
      reasons.append(
        "large flat areas, as in a drawing (flatness \(text(quality.flatness, 2)), above "
          + "\(text(flatness, 2)))")
    }
    return reasons
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// True when the limits are numbers, and none is narrower than usual.
  var isUsable: Bool {
    sharpness.isFinite && flatness.isFinite && sharpness <= InputRange.usual.sharpness
      && flatness >= InputRange.usual.flatness
  }
}
