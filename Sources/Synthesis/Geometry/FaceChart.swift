import Faces

/// The positions of facial features on the skin's chart.
///
/// A point `(s, t)` of the chart is a fixed point of the skin for every person and expression: `s`
/// to the viewer's right and `t` up, in centimeters of the average head as seen from the front,
/// from the point between the eyes. Identity and expression move the skin in space, but not on the
/// chart, so that a freckle stays where it is. Beyond `|s| = 7.4` the chart continues around the
/// head, to 14.8 at the center of its back.
///
/// The positions follow the mean face of anthropometry (Farkas 1994) and of the 68 points of iBUG.
enum FaceChart {
  /// `s` where the side of the head begins.
  static let side: Float = 7.4
  /// `s` in the middle of the back.
  static let back: Float = 14.8

  // The opening between the lids: a slit of the chart, which lids and balls open in space.
  static let eyeInner: Float = 1.9
  static let eyeOuter: Float = 4.6
  static let eyeMiddle: Float = 3.25
  static let eyeLine: Float = 0
  static let eyeSlit: Float = 0.04

  // Brows: from the inner to the outer end.
  static let browInner = SIMD2<Float>(1.1, 1.8)
  static let browPeak = SIMD2<Float>(4.0, 2.5)
  static let browOuter = SIMD2<Float>(6.1, 1.4)

  // The nose.
  static let noseRoot: Float = 0.4
  static let noseTip: Float = -3.1
  static let noseBase: Float = -4.3
  static let noseWing = SIMD2<Float>(1.6, -3.8)

  // The mouth: a slit of the chart, which lips and jaw open in space.
  static let mouthLine: Float = -6.55
  static let mouthSlit: Float = 0.05
  static let mouthCorner: Float = 3.05
  /// The red of the upper lip reaches up to here at the two peaks, and in the middle.
  static let upperLipPeak = SIMD2<Float>(0.75, -5.65)
  static let upperLipMiddle: Float = -5.85
  /// The red of the lower lip reaches down to here in the middle.
  static let lowerLipBottom: Float = -7.7

  /// The tip of the chin, where the skin turns under.
  static let chin: Float = -11.3
  /// Where the chin's underside becomes the neck.
  static let throat: Float = -14
  /// Where the neck ends.
  static let neckEnd: Float = -20
  /// The middle of the hairline, and the crown.
  static let hairline: Float = 6.4
  static let crown: Float = 12
}
