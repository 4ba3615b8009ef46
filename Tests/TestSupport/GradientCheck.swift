public import Engine

/// The worst disagreement between a layer's backward pass and central differences.
///
/// A random probe weighs the outputs, so that errors cannot cancel. The gradient at the
/// input and at every trainable parameter is compared, entry by entry (a random choice of
/// 200 entries where there are more), in the order in which the values lie in memory.
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

  var check = DifferenceCheck(step: step, seed: seed &+ 2)
  func probed(_ x: Tensor) -> [Double] {
    var saved = Saved(.training, randomness: RandomSource(seed: seed))
    let y = layer.forward(x, saving: &saved)
    return zip(y.values, probe.values).map { Double($0) * Double($1) }
  }
  check.compare(dx.values, around: x.values) { values in
    probed(Tensor(shape: x.shape, values: values))
  }
  for entry in layer.parameters where entry.parameter.isTrainable {
    let parameter = entry.parameter
    let original = parameter.value
    guard parameter.gradient.shape == original.shape else { return .infinity }
    check.compare(parameter.gradient.values, around: original.values) { values in
      parameter.value = Tensor(shape: original.shape, values: values)
      return probed(x)
    }
    parameter.value = original
  }
  return check.worst
}

/// Central differences of a sum, held against gradients that were computed otherwise.
public struct DifferenceCheck {
  /// The worst relative disagreement so far.
  public private(set) var worst: Float = 0
  private let step: Float
  private var randomness: RandomSource

  /// - Parameter step: how far to either side a value is moved.
  public init(step: Float = 1e-2, seed: UInt64 = 1) {
    self.step = step
    randomness = RandomSource(seed: seed)
  }

  /// Compares `gradient` with central differences of `terms`, summed, around `point`.
  ///
  /// - Parameter terms: the parts, float32 results, whose sum the gradient belongs to.
  public mutating func compare(
    _ gradient: [Float], around point: [Float], terms: ([Float]) -> [Double]
  ) {
    let base = terms(point)
    var chosen = Array(point.indices)
    if chosen.count > 200 { chosen = Array(chosen.shuffled(using: &randomness).prefix(200)) }
    let differences = chosen.map { index in
      var up = point
      var down = point
      up[index] += step
      down[index] -= step
      let change = zip(terms(up), terms(down)).reduce(0) { $0 + ($1.0 - $1.1) }
      return change / (Double(up[index]) - Double(down[index]))
    }
    // What rounding the terms to float32 does to a difference quotient, with a wide margin.
    let rounding = 0x1p-24 * base.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(step)
    let typical = (differences.reduce(0) { $0 + $1 * $1 } / Double(max(1, chosen.count)))
      .squareRoot()
    let floor = max(0.2 * typical, 500 * rounding, 1e-7)
    for (index, difference) in zip(chosen, differences) {
      let analytic = Double(gradient[index])
      let error = abs(analytic - difference) / max(abs(analytic), abs(difference), floor)
      worst = error.isNaN ? .infinity : max(worst, Float(error))
    }
  }
}
