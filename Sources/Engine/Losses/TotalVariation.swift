/// The total variation of a picture `[N, H, W, C]`: the mean absolute difference of neighbors.
///
/// Vertical and horizontal neighbors are averaged separately, and the means added.
///
/// A pair of neighbors has the mean of their weights. A picture of one row (column) has no vertical
/// (horizontal) neighbors, and that part is 0.
public struct TotalVariation: UntargetedLoss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, weight: Tensor?) -> LossValue {
    let input = LossInput(prediction, nil, weight: weight)
    precondition(prediction.shape.count == 4, "total variation of \(prediction.shape)")
    let (height, width) = (prediction.shape[1], prediction.shape[2])
    var gradient = Tensor(zeros: prediction.shape)
    // Horizontal neighbors are one position apart, vertical ones a row.
    let value =
      TotalVariation.add(
        input, &gradient, rows: prediction.shape[0] * height, length: width, step: 1)
      + TotalVariation.add(
        input, &gradient, rows: prediction.shape[0], length: height * width, step: width)
    return LossValue(
      value: Float(value), gradient: gradient, weight: weight == nil ? nil : input.totalWeight)
  }

  /// The mean difference of positions that are `step` apart within rows of `length` positions.
  private static func add(
    _ input: LossInput, _ gradient: inout Tensor, rows: Int, length: Int, step: Int
  ) -> Double {
    let channels = input.channels
    let weights = unsafe input.weight?.floats
    func weight(_ place: Int) -> Float {
      unsafe weights.map { unsafe ($0[place] + $0[place + step]) / 2 } ?? 1
    }
    var (sum, total) = (0.0, 0.0)
    for row in 0..<rows {
      for place in row * length..<row * length + length - step { total += Double(weight(place)) }
    }
    let share = LossInput.share(of: total * Double(channels))
    input.prediction.read { values in
      gradient.write { gradient in
        for row in 0..<rows {
          for place in row * length..<row * length + length - step {
            let weight = weight(place)
            for i in place * channels..<(place + 1) * channels {
              let difference = values[i + step * channels] - values[i]
              sum += Double(weight * abs(difference))
              let slope: Float = difference > 0 ? 1 : difference < 0 ? -1 : difference
              gradient[i + step * channels] += weight * slope * Float(share)
              gradient[i] -= weight * slope * Float(share)
            }
          }
        }
      }
    }
    withExtendedLifetime(input) {}
    return sum * share
  }
}

/// The difference of the image gradients of two pictures `[N, H, W, C]`.
///
/// The total variation of their difference: the mean absolute difference of neighboring pixels
/// along columns and along rows, added. This is the gradient difference loss of Mathieu, Couprie &
/// LeCun 2016 with signs, so that an inverted edge counts double.
public struct EdgeDifference: Loss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let difference = prediction.converted(to: .float32)
      .adding(target.converted(to: .float32), times: -1)
    return TotalVariation()(difference, weight: weight)
  }
}
