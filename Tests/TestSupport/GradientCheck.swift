public import Engine

/// The worst disagreement between a layer's backward pass and central differences.
///
/// A random probe weighs the outputs, so that errors cannot cancel. The gradient at the
/// input and at every trainable parameter is compared, entry by entry (a random choice of
/// 200 entries where there are more).
/// The disagreement of an entry is relative to the larger of the two values, or, for
/// entries that are small beside the others, to what central differences can resolve.
///
/// - Returns: about 1e-3 or less for a sound layer at an input without kinks; a fault of
///   1 % gives 1e-2. Infinity where shapes are wrong or something saved is left over.
public func gradientError(
  of layer: some Layer, at x: Tensor, seed: UInt64 = 1, step: Float = 1e-2
) -> Float {
  var saved = Saved(.training, randomness: RandomSource(seed: seed))
  let y = layer.forward(x, saving: &saved)
  let probe = Tensor.random(y.shape, seed: seed &+ 1)
  for entry in layer.parameters { entry.parameter.clearGradient() }
  let dx = layer.backward(probe, from: &saved)
  guard dx.shape == x.shape, saved.isEmpty else { return .infinity }

  let weights = probe.values
  func probed(_ x: Tensor) -> Double {
    var saved = Saved(.training, randomness: RandomSource(seed: seed))
    return weighted(layer.forward(x, saving: &saved).values, weights)
  }
  var check = DifferenceCheck(size: size(y.values, weights), step: step, seed: seed &+ 2)
  check.compare(dx.values, around: x.values) { values in
    probed(Tensor(shape: x.shape, values: values))
  }
  for entry in layer.parameters where entry.parameter.isTrainable {
    let parameter = entry.parameter
    let (original, plain) = (parameter.value, parameter.plain)
    guard parameter.gradient.shape == original.shape else { return .infinity }
    check.compare(parameter.plainGradient.values, around: plain.values) { values in
      parameter.plain = Tensor(shape: plain.shape, values: values)
      return probed(x)
    }
    parameter.value = original
  }
  return check.worst
}

/// Σ w · y.
private func weighted(_ y: [Float], _ weights: [Float]) -> Double {
  var sum = 0.0
  for index in y.indices { sum += Double(y[index]) * Double(weights[index]) }
  return sum
}

/// √Σ (w · y)²: what rounding errors of the single terms add up to, in units of one's share.
private func size(_ y: [Float], _ weights: [Float]) -> Double {
  var sum = 0.0
  for index in y.indices {
    let term = Double(y[index]) * Double(weights[index])
    sum += term * term
  }
  return sum.squareRoot()
}

/// Central differences of a sum, held against gradients that were computed otherwise.
private struct DifferenceCheck {
  /// The worst relative disagreement so far.
  var worst: Float = 0
  let size: Double
  let step: Float
  var randomness: RandomSource

  init(size: Double, step: Float, seed: UInt64) {
    self.size = size
    self.step = step
    randomness = RandomSource(seed: seed)
  }

  /// Compares `gradient` with central differences of `sum` around `point`.
  mutating func compare(_ gradient: [Float], around point: [Float], _ sum: ([Float]) -> Double) {
    var chosen = Array(point.indices)
    if chosen.count > 200 { chosen = Array(chosen.shuffled(using: &randomness).prefix(200)) }
    var moved = point
    let differences = chosen.map { index in
      let (up, down) = (point[index] + step, point[index] - step)
      moved[index] = up
      var change = sum(moved)
      moved[index] = down
      change -= sum(moved)
      moved[index] = point[index]
      return change / (Double(up) - Double(down))
    }
    // What rounding the outputs to float32 does to a difference quotient.
    let rounding = 0x1p-24 * size / Double(step)
    let squares = differences.reduce(0) { $0 + $1 * $1 }
    let typical = (squares / Double(max(1, chosen.count))).squareRoot()
    let floor = max(0.2 * typical, 500 * rounding, 1e-7)
    for (index, difference) in zip(chosen, differences) {
      let analytic = Double(gradient[index])
      let error = abs(analytic - difference) / max(abs(analytic), abs(difference), floor)
      worst = error.isNaN ? .infinity : max(worst, Float(error))
    }
  }
}
