import Foundation

/// The length of each vector along the last axis, from zero to one, with its direction:
/// x · |x| / (1 + |x|²), after Sabour, Frosst & Hinton 2017; any shape.
public struct Squash: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.squash) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(x)
    var y = x.converted(to: .float32)
    let width = x.rowLength
    y.write { values in
      for row in 0..<x.rowCount {
        let scale = squashing(row * width..<(row + 1) * width) { values[$0] }.scale
        for index in row * width..<(row + 1) * width { values[index] *= scale }
      }
    }
    return y.converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let x = saved.pop().converted(to: .float32)
    var dx = dy.converted(to: .float32)
    let width = x.rowLength
    x.read { x in
      dx.write { values in
        for row in 0..<x.count / max(1, width) {
          let range = row * width..<(row + 1) * width
          let (scale, tilt) = squashing(range) { x[$0] }
          var product: Float = 0
          for index in range { product += x[index] * values[index] }
          for index in range {
            values[index] = scale * values[index] + tilt * product * x[index]
          }
        }
      }
    }
    return dx.converted(to: dy.precision)
  }
}

/// What squashing multiplies a vector by, and what the gradient has of the vector's own direction:
/// dx = scale · dy + tilt · (x · dy) · x.
private func squashing(
  _ range: Range<Int>, _ value: (Int) -> Float
) -> (scale: Float, tilt: Float) {
  var square: Float = 0
  for index in range { square += value(index) * value(index) }
  let length = square.squareRoot()
  guard length > 0 else { return (0, 0) }
  let scale = length / (1 + square)
  return (scale, (1 - square) / ((1 + square) * (1 + square)) / length)
}

/// Dynamic routing between capsules: `[N, data, capsules]` to `[N, data', capsules']`.
///
/// As in Capsule-Forensics (Nguyen, Yamagishi & Echizen 2019) and its published program: each
/// capsule predicts each output by its own matrix; an output is the squashed mean of the
/// predictions, weighed by the softmax of their agreement, taken over the input capsules and for
/// each number of the vector by itself. Agreement starts at zero and grows, after each iteration
/// but the last, by prediction times output. Computed in float32.
public struct CapsuleRouting: Layer {
  /// The sizes.
  public struct Settings: Equatable, Sendable {
    /// Capsules of the input and of the output.
    public let inputs, outputs: Int
    /// Numbers of an input capsule and of an output capsule.
    public let data, outputData: Int
    /// How often predictions are weighed.
    public let iterations: Int

    public init(inputs: Int, outputs: Int, data: Int, outputData: Int, iterations: Int) {
      (self.inputs, self.outputs, self.data) = (inputs, outputs, data)
      (self.outputData, self.iterations) = (outputData, iterations)
    }

    /// The output shape for an input of the shape `[N, data, inputs]`.
    func output(of shape: [Int]) -> [Int] {
      precondition(
        shape.count == 3 && shape[1] == data && shape[2] == inputs,
        "\(shape) into \(inputs) capsules of \(data) numbers")
      return [shape[0], outputData, outputs]
    }
  }

  private let settings: Settings
  private let weight: Parameter

  /// - Parameters:
  ///   - inputs: capsules of the input, of `data` numbers each.
  ///   - outputs: capsules of the output, of `outputData` numbers each.
  ///   - randomness: the source of the initial weights, of deviation 1.
  public init(
    inputs: Int, data: Int, outputs: Int, outputData: Int, iterations: Int = 2,
    randomness: inout RandomSource
  ) {
    precondition(
      min(inputs, data, outputs, outputData, iterations) > 0,
      "\(iterations) iterations from \(inputs) capsules of \(data) to \(outputs) of \(outputData)")
    settings = Settings(
      inputs: inputs, outputs: outputs, data: data, outputData: outputData,
      iterations: iterations)
    var start = Tensor(zeros: [outputs, inputs, outputData, data])
    start.write { values in
      for index in values.indices { values[index] = Float(randomness.normal()) }
    }
    weight = Parameter(start)
  }

  /// The routing that a node describes, with its weights; nil for another operation.
  public init?(_ node: LayerNode) {
    guard case .capsuleRouting(let settings) = node.operation, let weight = node["weight"] else {
      return nil
    }
    (self.settings, self.weight) = (settings, weight)
  }

  /// "weight".
  public var node: LayerNode {
    LayerNode(.capsuleRouting(settings), parameters: [NamedParameter("weight", weight)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    var y = Tensor(zeros: settings.output(of: x.shape))
    saved.push(x)
    let wide = x.converted(to: .float32)
    let (outputs, data) = (settings.outputs, settings.outputData)
    for image in 0..<x.shape[0] {
      for output in 0..<outputs {
        let course = RoutingCourse(predictions(wide, image, output), settings)
        y.write { y in
          for index in 0..<data {
            y[(image * data + index) * outputs + output] = course.output[index]
          }
        }
      }
    }
    return y.converted(to: x.precision)
  }

  /// Through all iterations.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let kept = saved.pop()
    let (x, slope) = (kept.converted(to: .float32), dy.converted(to: .float32))
    var dx = Tensor(zeros: x.shape)
    let (inputs, outputs) = (settings.inputs, settings.outputs)
    let (data, outputData) = (settings.data, settings.outputData)
    for image in 0..<x.shape[0] {
      for output in 0..<outputs {
        let course = RoutingCourse(predictions(x, image, output), settings)
        let own = (0..<outputData).map { slope[(image * outputData + $0) * outputs + output] }
        let gradient = course.backward(own)
        weight.value.read { weights in
          x.read { x in
            weight.gradient.write { dweights in
              dx.write { dx in
                for p in 0..<inputs {
                  for e in 0..<outputData {
                    let share = gradient[p * outputData + e]
                    let row = ((output * inputs + p) * outputData + e) * data
                    for d in 0..<data {
                      let at = (image * data + d) * inputs + p
                      dweights[row + d] += share * x[at]
                      dx[at] += share * weights[row + d]
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return dx.converted(to: kept.precision)
  }

  /// How much of each output, before the last squashing, each capsule makes up, and the share of the
  /// routing that it has there; both `[N, inputs, outputs, outputData]`.
  public func contributions(_ x: Tensor) -> (contributions: Tensor, shares: Tensor) {
    let (inputs, outputs, data) = (settings.inputs, settings.outputs, settings.outputData)
    var result = Tensor(zeros: [x.shape[0], inputs, outputs, data])
    var routed = result
    let wide = x.converted(to: .float32)
    for image in 0..<x.shape[0] {
      for output in 0..<outputs {
        let predictions = predictions(wide, image, output)
        let shares = RoutingCourse(predictions, settings).lastShares
        result.write { values in
          routed.write { routed in
            for index in predictions.indices {
              let (capsule, number) = index.quotientAndRemainder(dividingBy: data)
              let place = ((image * inputs + capsule) * outputs + output) * data + number
              values[place] = shares[index] * predictions[index]
              routed[place] = shares[index]
            }
          }
        }
      }
    }
    return (result, routed)
  }

  /// What each capsule of an image predicts of one output: `[inputs, outputData]`.
  private func predictions(_ x: Tensor, _ image: Int, _ output: Int) -> [Float] {
    let (inputs, data, outputData) = (settings.inputs, settings.data, settings.outputData)
    var result = [Float](repeating: 0, count: inputs * outputData)
    weight.value.read { weights in
      x.read { x in
        for p in 0..<inputs {
          for e in 0..<outputData {
            let row = ((output * inputs + p) * outputData + e) * data
            var sum: Float = 0
            for d in 0..<data { sum += weights[row + d] * x[(image * data + d) * inputs + p] }
            result[p * outputData + e] = sum
          }
        }
      }
    }
    return result
  }
}

/// The iterations of routing to one output.
private struct RoutingCourse {
  /// `[inputs, data]`.
  private let predictions: [Float]
  private let inputs, data: Int
  /// Of each iteration: the shares of the predictions, `[inputs, data]`, their weighed sum and the
  /// squashed sum, `[data]`.
  private var shares: [[Float]] = []
  private var sums: [[Float]] = []
  private var squashed: [[Float]] = []

  /// The output of the last iteration.
  var output: [Float] { squashed.last ?? [] }
  /// The shares of the last iteration, `[inputs, data]`.
  var lastShares: [Float] { shares.last ?? [] }

  init(_ predictions: [Float], _ settings: CapsuleRouting.Settings) {
    self.predictions = predictions
    (inputs, data) = (settings.inputs, settings.outputData)
    var agreement = [Float](repeating: 0, count: inputs * data)
    for iteration in 0..<settings.iterations {
      let share = softmax(agreement)
      var sum = [Float](repeating: 0, count: data)
      for index in predictions.indices { sum[index % data] += share[index] * predictions[index] }
      let scale = squashing(0..<data) { sum[$0] }.scale
      let output = sum.map { scale * $0 }
      shares.append(share)
      sums.append(sum)
      squashed.append(output)
      guard iteration + 1 < settings.iterations else { break }
      for index in predictions.indices {
        agreement[index] += predictions[index] * output[index % data]
      }
    }
  }

  /// The shares of the capsules in each number.
  private func softmax(_ agreement: [Float]) -> [Float] {
    var result = agreement
    for e in 0..<data {
      let capsules = stride(from: e, to: agreement.count, by: data)
      let largest = capsules.reduce(-Float.infinity) { max($0, agreement[$1]) }
      var total: Float = 0
      for index in capsules {
        result[index] = exp(agreement[index] - largest)
        total += result[index]
      }
      for index in capsules { result[index] /= total }
    }
    return result
  }

  /// The gradient at the predictions from that at the output.
  func backward(_ doutput: [Float]) -> [Float] {
    var gradient = [Float](repeating: 0, count: predictions.count)
    // The gradient at the agreement after the iteration at hand.
    var dagreement = [Float](repeating: 0, count: predictions.count)
    for iteration in squashed.indices.reversed() {
      var doutput = iteration + 1 == squashed.count ? doutput : .init(repeating: 0, count: data)
      if iteration + 1 < squashed.count {
        for index in predictions.indices {
          doutput[index % data] += dagreement[index] * predictions[index]
          gradient[index] += dagreement[index] * squashed[iteration][index % data]
        }
      }
      let (sum, share) = (sums[iteration], shares[iteration])
      let (scale, tilt) = squashing(0..<data) { sum[$0] }
      let product = zip(sum, doutput).reduce(0) { $0 + $1.0 * $1.1 }
      let dsum = (0..<data).map { scale * doutput[$0] + tilt * product * sum[$0] }
      var mean = [Float](repeating: 0, count: data)
      for index in predictions.indices {
        let dshare = dsum[index % data] * predictions[index]
        gradient[index] += dsum[index % data] * share[index]
        mean[index % data] += share[index] * dshare
      }
      for index in predictions.indices {
        let dshare = dsum[index % data] * predictions[index]
        dagreement[index] += share[index] * (dshare - mean[index % data])
      }
    }
    return gradient
  }
}

/// The mean and the deviation of each channel of an image: `[N, H, W, C]` to `[N, C, 2]`.
///
/// The deviation is over n − 1, as PyTorch's; its gradient at zero is zero.
public struct StatisticsPool: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.statisticsPool) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let (mean, deviation, _) = statistics(of: x.converted(to: .float32))
    saved.push(x)
    return Tensor([x.shape[0], x.rowLength, 2]) {
      $0 % 2 == 0 ? mean[$0 / 2] : deviation[$0 / 2]
    }.converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let kept = saved.pop()
    let (x, slope) = (kept.converted(to: .float32), dy.converted(to: .float32))
    let (mean, deviation, pixels) = statistics(of: x)
    let scale = Tensor(mean.shape) { index in
      let divisor = deviation[index] * (pixels - 1)
      return divisor > 0 ? slope[2 * index + 1] / divisor : 0
    }
    let shift = Tensor(mean.shape) { slope[2 * $0] / pixels }
    return Kernels.standardize(x, mean: mean, scale: scale, shift: shift, groups: x.shape[0])
      .converted(to: kept.precision)
  }

  /// The means and deviations, `[N, C]`, and the pixels of an image.
  private func statistics(of x: Tensor) -> (mean: Tensor, deviation: Tensor, pixels: Float) {
    let pixels = Float(x.rowCount / max(1, x.shape[0]))
    precondition(pixels > 1, "the deviation of a single pixel: \(x.shape)")
    let (mean, variance) = Kernels.channelStatistics(x, groups: x.shape[0])
    let deviation = Tensor(mean.shape) {
      (max(0, variance[$0]) * pixels / (pixels - 1)).squareRoot()
    }
    return (mean, deviation, pixels)
  }
}
