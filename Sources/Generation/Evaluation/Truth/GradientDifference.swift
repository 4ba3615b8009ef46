import Foundation

/// How far the gradients of two pictures lie apart inside a mask, over four sizes.
///
/// The picture is halved three times (boxes of 2×2, weighed by the mask: the simplest of Burt &
/// Adelson's pyramids, 1983); at each size the steps from pixel to pixel along rows and columns are
/// compared, as in the gradient difference of Mathieu, Couprie & LeCun 2016, but with their signs. The
/// figure of a size is the mean length of the difference of the two gradients, in levels of 0–255 from
/// one pixel of that size to the next; the figure of a picture is the mean of the four and of the
/// channels. Edges that are missing, blurred, misplaced or too many all count; a wrong but even
/// colour does not.
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

/// Values that count as much as their mask.
struct MaskedPlane: Equatable {
  let width, height: Int
  /// Row by row.
  let values, mask: [Double]

  /// The mean length of the gradient, where it and its two steps lie in the mask.
  func meanGradient() -> Double {
    var sum = 0.0
    var weights = 0.0
    for row in 0..<height - 1 {
      for column in 0..<width - 1 {
        let place = row * width + column
        let (right, below) = (place + 1, place + width)
        let weight = min(mask[place], mask[right], mask[below])
        let (dx, dy) = (values[right] - values[place], values[below] - values[place])
        sum += weight * (dx * dx + dy * dy).squareRoot()
        weights += weight
      }
    }
    return sum / weights
  }

  /// Half as wide and high; an odd last row or column is left away.
  func halved() -> MaskedPlane {
    var values: [Double] = []
    var mask: [Double] = []
    for row in 0..<height / 2 {
      for column in 0..<width / 2 {
        let first = 2 * (row * width + column)
        var sum = 0.0
        var weights = 0.0
        for place in [first, first + 1, first + width, first + width + 1] {
          sum += self.mask[place] * self.values[place]
          weights += self.mask[place]
        }
        values.append(weights > 0 ? sum / weights : 0)
        mask.append(weights / 4)
      }
    }
    return MaskedPlane(width: width / 2, height: height / 2, values: values, mask: mask)
  }
}
