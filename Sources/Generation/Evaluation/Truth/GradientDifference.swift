import Foundation

/// How far the gradients of two pictures lie apart inside a mask, over four sizes.
///
/// The picture is halved three times (boxes of 2×2, weighed by the mask: the simplest of Burt &
/// Adelson's pyramids, 1983); at each size the steps from pixel to pixel along rows and columns are
/// compared, as in the gradient difference of Mathieu, Couprie & LeCun 2016, but with their signs. The
/// figure of a size is the mean length of the difference of the two gradients, in levels of 0–255 from
/// one pixel of that size to the next; the figure of a picture is the mean of the four and of the
/// channels. Edges that are missing, blurred, misplaced or too many all count; a wrong but even
/// color does not.
enum GradientDifference {
  /// How many sizes are compared.
  static let sizes = 4

  /// The difference of two channels in 0…1, all three of `width`×`height`; not a number for a mask
  /// that holds nothing at some size.
  static func mean(
    _ x: [Double], _ y: [Double], mask: [Double], width: Int, height: Int
  ) -> Double {
    // Both steps are linear, so the difference of the gradients is the gradient of the difference.
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
