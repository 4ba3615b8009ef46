/// Values weighted by a mask.
struct MaskedPlane {
  let width, height: Int
  /// Row by row.
  let values, mask: [Double]

  /// The mean length of the gradient, where the gradient's pixels lie in the mask.
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

  /// Half as wide and high; an odd last row or column is dropped.
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

  /// The values smoothed by the binomial filter 1, 4, 6, 4, 1 along rows and columns, normalized by
  /// the mask; 0 where the mask is empty.
  func smoothed() -> [Double] {
    let pairs = zip(values, mask).map { SIMD2($0 * $1, $1) }
    let along = MaskedPlane.mixed(pairs, lines: height, length: width, step: 1, across: width)
    let all = MaskedPlane.mixed(along, lines: width, length: height, step: width, across: 1)
    return all.map { $0.y > 0 ? $0.x / $0.y : 0 }
  }

  private static func mixed(
    _ values: [SIMD2<Double>], lines: Int, length: Int, step: Int, across: Int
  ) -> [SIMD2<Double>] {
    let weights = [1.0, 4, 6, 4, 1]
    var result = values
    for line in 0..<lines {
      for place in 0..<length {
        var sum = SIMD2<Double>.zero
        for source in max(0, place - 2)...min(length - 1, place + 2) {
          sum += weights[source - place + 2] * values[line * across + source * step]
        }
        result[line * across + place * step] = sum
      }
    }
    return result
  }
}
