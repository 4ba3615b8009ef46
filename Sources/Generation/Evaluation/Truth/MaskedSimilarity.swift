import Foundation

/// The SSIM of two channels inside a mask; nothing outside contributes.
///
/// `StructuralSimilarity` (Wang et al. 2004) with normalized convolution (Knutsson & Westin 1993):
/// the Gaussian of each window is multiplied with the mask and divided by its sum there, so that
/// windows across the edge of the mask or picture see only the face. The mean over all positions is
/// weighted by the mask. Where the mask is 1 over a whole window, the result equals scikit-image's.
enum MaskedSimilarity {
  private static let reach = StructuralSimilarity.window / 2

  /// The SSIM of two channels in 0…1, all three of `width`×`height`; NaN for an empty mask.
  static func mean(
    _ x: [Double], _ y: [Double], mask: [Double], width: Int, height: Int
  ) -> Double {
    var moments: [SIMD8<Double>] = []
    moments.reserveCapacity(x.count)
    for place in x.indices {
      let (a, b, m) = (x[place], y[place], mask[place])
      moments.append(SIMD8(m * a, m * b, m * (a * a + b * b), m * a * b, m, 0, 0, 0))
    }
    let along = blurred(moments, lines: height, length: width, step: 1, across: width)
    let all = blurred(along, lines: width, length: height, step: width, across: 1)
    var sum = 0.0
    var weights = 0.0
    for place in mask.indices where mask[place] > 0 {
      sum += mask[place] * StructuralSimilarity.similarity((all[place] / all[place][4]).lowHalf)
      weights += mask[place]
    }
    return sum / weights
  }

  /// Every line blurred along itself, with zeros beyond its ends.
  private static func blurred(
    _ values: [SIMD8<Double>], lines: Int, length: Int, step: Int, across: Int
  ) -> [SIMD8<Double>] {
    var result = values
    for line in 0..<lines {
      for place in 0..<length {
        var sum = SIMD8<Double>.zero
        for source in max(0, place - reach)...min(length - 1, place + reach) {
          let weight = StructuralSimilarity.kernel[source - place + reach]
          sum += weight * values[line * across + source * step]
        }
        result[line * across + place * step] = sum
      }
    }
    return result
  }
}
