public import Engine
import Faces

/// The computations of swap training without pictures, for benchmarks.
///
/// A step is forward, backward and optimizer on fixed random faces of both sides, as other
/// programs' steps are measured; without warping and averaging of weights.
public struct SwapStepBenchmark {
  /// The model.
  public let model: SwapModel
  /// Faces of each side.
  public let batch: Int

  private let faces, targets: Tensor
  private let objective: SwapObjective
  private let learningRate: Float
  private var optimizer: Optimizer

  /// - Parameter profile: records the cost of each layer.
  public init(_ settings: SwapSettings, profile: LayerProfile? = nil) {
    let randomness = RandomSource(seed: settings.seed)
    let fresh = SwapModel(
      settings.architecture, side: settings.side, hasMask: settings.mask != nil,
      randomness: randomness.split(0))
    model = profile.map { fresh.watched(by: $0) } ?? fresh
    batch = settings.batch
    let noise = Tensor.stacked(4 * batch, part: [settings.side, settings.side, 3]) { index, part in
      var source = randomness.split(1).split(index)
      for place in part.indices { part[place] = Float(source.uniform()) }
    }
    faces = noise.samples(0..<2 * batch).converted(to: settings.precision)
    targets = noise.samples(2 * batch..<4 * batch)
    objective = SwapObjective(settings)
    learningRate = settings.learningRate
    optimizer = Optimizer(.adam(beta1: settings.beta1), parameters: model.parameters)
  }

  /// One training step on a batch of each side.
  public mutating func train() {
    let batches = [0, batch].map { first in
      let part = first..<first + batch
      return WarpedBatch(
        input: faces.samples(part).converted(to: .float32), target: targets.samples(part))
    }
    _ = model.learn(from: faces, randomness: RandomSource(seed: 0)) {
      objective($0, batches[$1 == .a ? 0 : 1]).loss
    }
    optimizer.step(learningRate: learningRate)
  }

  /// One batch of A swapped to B.
  public func swap() {
    _ = model.swap(faces.samples(0..<batch), to: .b)
  }
}
