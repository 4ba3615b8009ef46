import Engine
import TestSupport
import Testing

/// Gradients of every loss against central differences, at odd shapes.
@Suite struct LossGradientTests {
  private static let shapes = [[1, 1, 1, 1], [2, 3, 5, 3], [5, 1, 2, 1], [1, 7, 1, 2]]

  @Test(arguments: shapes, [false, true])
  func gradientsOfPointwiseLossesMatchDifferences(shape: [Int], isWeighted: Bool) {
    let losses: [any Loss] = [
      MeanSquaredError(), Huber(delta: 0.5), MeanAbsoluteError(), BinaryCrossEntropy(),
      BinaryCrossEntropy(labelSmoothing: 0.3), LeastSquaresGAN(.real), LeastSquaresGAN(.fake),
      LeastSquaresGAN(.generator), HingeGAN(.real), HingeGAN(.fake), HingeGAN(.generator),
    ]
    for loss in losses { check(loss, shape, isWeighted: isWeighted) }
  }

  @Test(arguments: [[1, 1, 1, 2], [2, 3, 2, 3], [3, 5], [1, 4]], [false, true])
  func gradientsOfCategoricalCrossEntropyMatchDifferences(shape: [Int], isWeighted: Bool) {
    check(CategoricalCrossEntropy(), shape, isWeighted: isWeighted)
    check(CategoricalCrossEntropy(labelSmoothing: 0.1), shape, isWeighted: isWeighted)
  }

  @Test(arguments: [[1, 2, 1, 1], [2, 3, 5, 3], [3, 1, 2, 1]], [false, true])
  func gradientsOfTotalVariationMatchDifferences(shape: [Int], isWeighted: Bool) {
    check(TotalVariation(), shape, isWeighted: isWeighted)
  }

  @Test(arguments: [[1, 2, 1, 1], [2, 3, 5, 3], [3, 1, 2, 1]], [false, true])
  func gradientsOfEdgeDifferenceMatchDifferences(shape: [Int], isWeighted: Bool) {
    // Steps of the prediction are multiples of 0.02, those of the target 0.007: they never agree.
    let ramp = (0..<shape.reduce(1, *)).map { index in
      let place = index / shape[3]
      return 0.007 * Float(place % shape[2] + place / shape[2] % shape[1])
    }
    let weight = isWeighted ? spread(shape.dropLast() + [1], seed: 3) : nil
    let error = gradientError(
      of: EdgeDifference(), at: spread(shape, seed: 1), target: Tensor(shape: shape, values: ramp),
      weight: weight, step: 4e-3)
    #expect(error < 5e-3)
  }

  @Test(arguments: [[1, 11, 11, 1], [2, 12, 11, 1], [1, 11, 14, 3]], [false, true])
  func gradientsOfDissimilarityMatchDifferences(shape: [Int], isWeighted: Bool) {
    check(DSSIM(), shape, isWeighted: isWeighted)
  }

  private func check(_ loss: any Loss, _ shape: [Int], isWeighted: Bool) {
    // Hinges and absolute values bend where these values never come within a step.
    let prediction = spread(shape, seed: 1)
    let target = spread(shape, seed: 2).values.map { $0 + 0.013 }
    let weight = isWeighted ? spread(shape.dropLast() + [1], seed: 3) : nil
    let error = gradientError(
      of: loss, at: prediction, target: Tensor(shape: shape, values: target), weight: weight,
      step: 4e-3)
    #expect(error < 5e-3, "\(loss) at \(shape)")
  }

  /// Values 0.01, 0.03, … 0.99 in random order.
  private func spread(_ shape: [Int], seed: UInt64) -> Tensor {
    var randomness = RandomSource(seed: seed)
    return Tensor(
      shape: shape,
      values: (0..<shape.reduce(1, *)).map { _ in
        Float(Int(randomness.uniform() * 50)) * 0.02 + 0.01
      })
  }
}
