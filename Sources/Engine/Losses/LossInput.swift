/// The tensors of a loss, with checked shapes and widened to float32.
struct LossInput {
  let prediction: Tensor
  let target: Tensor?
  let weight: Tensor?

  init(_ prediction: Tensor, _ target: Tensor?, weight: Tensor?) {
    if let target {
      precondition(
        target.shape == prediction.shape,
        "a prediction \(prediction.shape) was given a target \(target.shape)")
    }
    if let weight {
      precondition(
        weight.shape == prediction.shape.dropLast() + [1],
        "a prediction \(prediction.shape) was given weights \(weight.shape)")
    }
    precondition(prediction.count > 0, "a loss of nothing: \(prediction.shape)")
    self.prediction = prediction.converted(to: .float32)
    self.target = target?.converted(to: .float32)
    self.weight = weight?.converted(to: .float32)
  }

  var channels: Int { prediction.shape.last ?? 1 }

  /// The number of positions, each of which has a weight.
  var places: Int { prediction.count / channels }

  /// The sum of the weights.
  var totalWeight: Double {
    guard let weight else { return Double(places) }
    return weight.read { weight in
      var total = 0.0
      for index in weight.indices { total += Double(weight[index]) }
      return total
    }
  }

  /// The factor that makes a sum the mean over `total`: 0 if all weights are 0.
  static func share(of total: Double) -> Double { total > 0 ? 1 / total : 0 }
}
