import Engine
import Faces

/// A small network on standardized features: two hidden layers of 64, as Matern, Riess and Stamminger
/// (2019) use.
struct FeatureNetwork: Equatable, Sendable {
  /// A layer's weights, output by output, and its biases.
  struct Layer: Equatable, Sendable {
    let inputs: Int
    let weights, biases: [Float]
  }

  let layers: [Layer]

  static let hidden = 64
  private static let (steps, learningRate, decay) = (400, Float(1e-3), 1e-2)

  /// The widths of the layers' outputs.
  private static let widths = [hidden, hidden, 1]

  /// Trains on all samples at once; both classes weigh the same.
  ///
  /// - Parameter samples: standardized.
  init(of samples: FeatureMatrix, labels: [Label], seed: UInt64) throws(DetectionError) {
    var make = LayerBuilder(RandomSource(seed: seed), dropping: 0, reachesInput: false)
    let body = Sequential([
      "hidden1": make.dense(samples.columns, FeatureNetwork.hidden, activation: .relu),
      "hidden2": make.dense(FeatureNetwork.hidden, FeatureNetwork.hidden, activation: .relu),
      "classifier": make.dense(FeatureNetwork.hidden, 1),
    ])
    let input = Tensor(
      shape: [samples.rows, samples.columns], values: samples.values.map(Float.init))
    let targets = Tensor(
      shape: [labels.count, 1], values: labels.map { $0 == .fake ? 1 : 0 })
    let balance = ClassBalance(of: labels)
    let weights = Tensor(
      shape: [labels.count, 1],
      values: labels.map {
        Float(balance.count) / Float(2 * max($0 == .fake ? balance.fake : balance.real, 1))
      })
    var optimizer = Optimizer(
      .adamW(weightDecay: FeatureNetwork.decay), parameters: body.parameters)
    let loss = BinaryCrossEntropy()
    for _ in 0..<FeatureNetwork.steps {
      var saved = Saved(.training, randomness: RandomSource(seed: seed))
      let value = loss(body.forward(input, saving: &saved), targets, weight: weights)
      _ = body.backward(value.gradient, from: &saved)
      guard optimizer.step(learningRate: FeatureNetwork.learningRate) else {
        throw .library(
          call: "Training of a network on features", reason: "a gradient is not finite")
      }
    }
    let tensors = body.parameters.map(\.parameter.plain.values)
    layers = FeatureNetwork.widths.indices.map { index in
      Layer(
        inputs: index == 0 ? samples.columns : FeatureNetwork.widths[index - 1],
        weights: tensors[2 * index], biases: tensors[2 * index + 1])
    }
  }

  private init(layers: [Layer]) { self.layers = layers }

  /// Above 0 for fake.
  func logit(of features: [Double]) -> Double {
    var values = features.map(Float.init)
    for (index, layer) in layers.enumerated() {
      values = layer.biases.indices.map { output in
        var sum = layer.biases[output]
        let start = output * layer.inputs
        for input in 0..<layer.inputs { sum += layer.weights[start + input] * values[input] }
        return index + 1 < layers.count ? max(sum, 0) : sum
      }
    }
    return Double(values[0])
  }

  /// The tensors as PyTorch names and shapes them.
  var tensors: [(name: String, tensor: Tensor)] {
    layers.enumerated().flatMap { index, layer in
      [
        (
          "layers.\(index).weight",
          Tensor(shape: [layer.biases.count, layer.inputs], values: layer.weights)
        ),
        ("layers.\(index).bias", Tensor(shape: [layer.biases.count], values: layer.biases)),
      ]
    }
  }

  /// The network of a file, for so many features.
  init(_ file: CheckpointFile, features: Int) throws(EngineError) {
    var layers: [Layer] = []
    for (index, width) in FeatureNetwork.widths.enumerated() {
      let inputs = index == 0 ? features : FeatureNetwork.widths[index - 1]
      let weights = try file.tensor("layers.\(index).weight", shape: [width, inputs]).values
      let biases = try file.tensor("layers.\(index).bias", shape: [width]).values
      guard weights.allSatisfy(\.isFinite), biases.allSatisfy(\.isFinite) else {
        throw .mismatchedCheckpoint(path: file.path, reason: "'layers.\(index)' is not finite")
      }
      layers.append(Layer(inputs: inputs, weights: weights, biases: biases))
    }
    self.init(layers: layers)
  }
}
