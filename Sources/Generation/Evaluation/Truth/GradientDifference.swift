import Foundation

/// The multi-scale difference of two pictures' gradients inside a mask.
///
/// The picture is halved three times (2×2 boxes, weighted by the mask: the simplest of Burt &
/// Adelson's pyramids, 1983). At each scale the differences between neighboring pixels along rows
/// and columns are compared, as in the gradient difference of Mathieu, Couprie & LeCun 2016, but
/// with signs. The value of a scale is the mean length of the difference of the two gradients, in
/// levels of 0–255 per pixel of that scale; the value of a picture is the mean over the four scales
/// and the channels. Missing, blurred, misplaced and spurious edges all count; a uniform color
/// error does not.
enum GradientDifference {
  /// The number of scales.
  static let sizes = 4

  /// The difference of two channels in 0…1, all three of `width`×`height`; NaN if the mask is empty
  /// at some scale.
  static func mean(
    _ x: [Double], _ y: [Double], mask: [Double], width: Int, height: Int
  ) -> Double {
    // Differences are linear, so the difference of the gradients is the gradient of the difference.
    var plane = MaskedPlane(
      width: width, height: height, values: zip(x, y).map { ($0 - $1) * 255 }, mask: mask)
    var sum = 0.0
    for size in 0..<sizes {
      if size > 0 { plane = plane.halved() }
      sum += plane.meanGradient()
    }
    return sum / Double(sizes)
  }
}
