public import Engine

/// How far the gradient of a loss is from central differences: ‖numeric − analytic‖ / ‖numeric‖.
///
/// - Parameter step: what each value of the prediction is moved by, up and down.
public func gradientError(
  of loss: some Loss, at prediction: Tensor, target: Tensor, weight: Tensor? = nil,
  step: Float = 1e-2
) -> Double {
  let analytic = loss(prediction, target, weight: weight).gradient.values
  let values = prediction.values
  var (distance, norm) = (0.0, 0.0)
  for index in values.indices {
    func value(at moved: Float) -> Double {
      var values = values
      values[index] = moved
      let prediction = Tensor(shape: prediction.shape, values: values)
      return Double(loss(prediction, target, weight: weight).value)
    }
    let (up, down) = (values[index] + step, values[index] - step)
    let numeric = (value(at: up) - value(at: down)) / (Double(up) - Double(down))
    distance += (numeric - Double(analytic[index])) * (numeric - Double(analytic[index]))
    norm += numeric * numeric
  }
  return (distance / norm).squareRoot()
}
