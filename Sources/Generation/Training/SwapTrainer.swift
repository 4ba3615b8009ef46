public import Engine
import Faces

/// Trains a swap model on the pictures of two people, step by step.
///
/// All chance follows from the seed and the number of the step, so a training that is interrupted
/// and resumed ends with the bits of one that was not. Limits in minutes are the exception: they
/// tie the learning rate to the clock.
public struct SwapTrainer {
  /// What is trained, and how.
  public let settings: SwapSettings
  /// The model, whose weights change with each step.
  public let model: SwapModel
  /// What training stands at.
  public internal(set) var state = SwapState()

  let examination: SwapExamination
  var optimizer: Optimizer
  var average: MovingAverage?

  private let a, b: WarpedBatches
  private let loss: any Loss
  private let randomness: RandomSource

  /// A training at its beginning.
  public init(_ settings: SwapSettings, a: SwapFaces, b: SwapFaces) {
    let randomness = RandomSource(seed: settings.seed)
    self.init(
      settings, a: a, b: b,
      model: SwapModel(settings.architecture, randomness: randomness.split(0)))
  }

  init(_ settings: SwapSettings, a: SwapFaces, b: SwapFaces, model: SwapModel) {
    self.settings = settings
    self.model = model
    randomness = RandomSource(seed: settings.seed)
    self.a = WarpedBatches(
      of: a.training, size: settings.batch, settings: settings.warp, randomness: randomness.split(1)
    )
    self.b = WarpedBatches(
      of: b.training, size: settings.batch, settings: settings.warp, randomness: randomness.split(2)
    )
    loss = settings.loss
    examination = SwapExamination(a: a, b: b, settings)
    optimizer = Optimizer(
      .adam(beta1: settings.beta1, beta2: 0.999, epsilon: 1e-8), parameters: model.parameters)
    average =
      settings.averageDecay > 0
      ? MovingAverage(decay: settings.averageDecay, parameters: model.parameters) : nil
  }

  /// One step on a batch of each side; numbers that are none end the training.
  ///
  /// - Parameter progress: how much of the budget is used, 0…1; nil for a training without one,
  ///   whose learning rate follows `Plateau`.
  public mutating func step(progress: Double?) throws(EngineError) -> SwapStep {
    let start = ContinuousClock.now
    let batchA = a.batch(iteration: state.iteration)
    let batchB = b.batch(iteration: state.iteration)
    let faces = Tensor.joined([batchA.input, batchB.input]).converted(to: settings.precision)
    let losses = model.learn(from: faces, randomness: randomness.split(3).split(state.iteration)) {
      loss($0, $1 == .a ? batchA.target : batchB.target, weight: nil)
    }
    for (name, loss) in [("A", losses.a), ("B", losses.b)] where !loss.isFinite {
      throw .notFinite(what: "The loss of \(name)", iteration: state.iteration + 1)
    }
    let rate = settings.rate(progress: progress, plateau: state.plateau)
    guard optimizer.step(learningRate: rate) else {
      throw .notFinite(what: "A gradient", iteration: state.iteration + 1)
    }
    average?.update()
    state.iteration += 1
    state.seconds += start.duration(to: .now) / .seconds(1)
    return SwapStep(
      iteration: state.iteration, seconds: state.seconds, faces: 2 * settings.batch,
      lossA: losses.a, lossB: losses.b)
  }
}
