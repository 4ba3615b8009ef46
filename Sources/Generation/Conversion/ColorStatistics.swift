/// The mean and the covariance of a patch's colors along the opponent axes.
struct ColorStatistics: Equatable {
  let mean: SIMD3<Float>
  let covariance: SymmetricMatrix

  init(of patch: FacePatch, mask: [Float]) {
    var sum = SIMD3<Double>.zero
    var squares = SymmetricMatrix.zero
    var weights = 0.0
    for pixel in mask.indices where mask[pixel] > 0 {
      let at = pixel * 3
      let rgb = SIMD3(patch.values[at], patch.values[at + 1], patch.values[at + 2])
      let color = SIMD3<Double>(OpponentColor.from(rgb))
      let weight = Double(mask[pixel])
      sum += weight * color
      squares.add(weight, times: color)
      weights += weight
    }
    let mean = sum / weights
    self.mean = SIMD3<Float>(mean)
    squares.add(-weights, times: mean)
    covariance = squares.scaled(by: 1 / weights)
  }

  /// The standard deviations along the axes.
  var deviation: SIMD3<Float> {
    SIMD3<Float>(
      covariance.diagonal.clamped(lowerBound: .zero, upperBound: .one).squareRoot())
  }

  /// The scale factor of each axis that matches the other deviations.
  func gain(to wanted: ColorStatistics) -> SIMD3<Float> {
    // A uniform face has no variance to scale; limits keep noise from becoming color.
    (wanted.deviation / (deviation + 1e-4))
      .clamped(lowerBound: SIMD3(repeating: 0.5), upperBound: SIMD3(repeating: 2))
  }

  /// The symmetric map that produces the other covariance, within the same limits.
  func stretch(to wanted: ColorStatistics) -> SymmetricMatrix {
    // The noise of 8 bits on all axes, so that uniform faces are not scaled.
    let noise = 1e-5
    let own = covariance.mapped { max($0, 0) + noise }
    let other = wanted.covariance.mapped { max($0, 0) + noise }
    let root = own.mapped { $0.squareRoot() }
    let inverse = own.mapped { 1 / $0.squareRoot() }
    let middle = other.surrounded(by: root).mapped { max($0, 0).squareRoot() }
    return middle.surrounded(by: inverse).mapped { min(max($0, 0.5), 2) }
  }
}
