import Foundation

/// Updates parameters from their gradients.
///
/// One pass over each parameter reads and writes everything once, and clears the gradient.
public struct Optimizer {
  /// The update rule.
  public let method: OptimizerMethod
  /// The maximum norm of the gradient over all parameters; nil for no limit.
  public let clipping: Float?
  /// The number of steps.
  public private(set) var steps = 0

  let name: String
  let parameters: [NamedParameter]
  /// The state of each parameter, in the parameter's own layout.
  private(set) var memories: [[Tensor]]

  /// An optimizer before its first step.
  ///
  /// - Parameters:
  ///   - parameters: parameters that are not trainable are skipped, and duplicates are updated
  ///     once.
  ///   - name: the prefix of its state in checkpoints.
  public init(
    _ method: OptimizerMethod, parameters: [NamedParameter], clipping: Float? = nil,
    name: String = "optimizer"
  ) {
    var seen = Set<ObjectIdentifier>()
    self.method = method
    self.clipping = clipping
    self.name = name
    self.parameters = parameters.filter {
      $0.parameter.isTrainable && seen.insert(ObjectIdentifier($0.parameter)).inserted
    }
    memories = self.parameters.map { named in
      method.memories.map { _ in Tensor(zeros: named.parameter.value.shape) }
    }
  }

  /// Makes one step and sets all gradients to zero.
  ///
  /// A non-finite gradient never reaches a weight. With clipping, the norm reveals it before
  /// anything changes. Without clipping, only the gradients of small parameters are checked in
  /// advance: a bias sums the same gradients as its weights, so it reveals almost every case, and
  /// reading everything twice would cost an eighth of the step. The remaining case, a single sum
  /// that overflows, is found in the pass itself: those values stay unchanged while the others are
  /// updated.
  ///
  /// - Returns: false if a gradient was not finite; the caller should stop, or skip this batch.
  @discardableResult
  public mutating func step(learningRate: Float) -> Bool {
    guard let scale = gradientScale() else {
      for named in parameters { named.parameter.clearGradient() }
      return false
    }
    steps += 1
    var isFinite = true
    for index in parameters.indices {
      let parameter = parameters[index].parameter
      precondition(
        parameter.gradient.shape == parameter.value.shape,
        "'\(parameters[index].name)' \(parameter.value.shape) has a gradient \(parameter.gradient.shape)"
      )
      parameter.value.makeUnique()
      parameter.gradient.makeUnique()
      for memory in memories[index].indices { memories[index][memory].makeUnique() }
      if !step(parameter, memories[index], Double(learningRate), scale) { isFinite = false }
    }
    return isFinite
  }

  /// Replaces all gradients by their sums over ranks.
  ///
  /// - Parameter values: other values to sum, such as losses.
  /// - Returns: their sums.
  public func sumGradients(over ranks: Ranks, beside values: [Float]) -> [Float] {
    ranks.sumGradients(of: parameters)
    return ranks.sum(values)
  }

  /// Takes over the state of rank 0.
  public mutating func share(over ranks: Ranks) {
    steps = ranks.broadcast(steps) ?? steps
    for index in memories.indices {
      for memory in memories[index].indices { ranks.share(&memories[index][memory]) }
    }
  }

  /// The norm of the gradient over all parameters, summed in double precision in a fixed order.
  ///
  /// Not finite if any gradient is not.
  public var gradientNorm: Double {
    parameters.reduce(0) { $0 + Kernels.sumOfSquares($1.parameter.gradient) }.squareRoot()
  }

  /// Whether every gradient is finite; reads them all.
  public var isFinite: Bool { gradientNorm.isFinite }

  /// The factor for the gradients, or nil if they are known not to be finite.
  private func gradientScale() -> Float? {
    guard let clipping else {
      let small = 1 << 14
      let areFinite = parameters.allSatisfy {
        $0.parameter.gradient.count > small
          || Kernels.sumOfSquares($0.parameter.gradient).isFinite
      }
      return areFinite ? 1 : nil
    }
    let norm = gradientNorm
    return norm.isFinite ? Float(min(1, Double(clipping) / (norm + 1e-6))) : nil
  }

  private func step(
    _ parameter: Parameter, _ memory: [Tensor], _ rate: Double, _ scale: Float
  ) -> Bool {
    switch method {
    case .sgd(let momentum):
      return Kernels.momentumStep(
        gradientScale: scale, momentum: Float(momentum), rate: Float(rate),
        value: parameter.value, gradient: parameter.gradient, velocity: memory[0])
    case .adam(let beta1, let beta2, let epsilon):
      return adam(parameter, memory, rate, scale, beta1, beta2, epsilon, weightDecay: 0)
    case .adamW(let beta1, let beta2, let epsilon, let weightDecay):
      return adam(parameter, memory, rate, scale, beta1, beta2, epsilon, weightDecay: weightDecay)
    }
  }

  private func adam(
    _ parameter: Parameter, _ memory: [Tensor], _ rate: Double, _ scale: Float, _ beta1: Double,
    _ beta2: Double, _ epsilon: Double, weightDecay: Double
  ) -> Bool {
    let step = Kernels.AdamStep(
      gradientScale: scale, keep: Float(1 - rate * weightDecay), firstShare: Float(1 - beta1),
      secondKeep: Float(beta2), secondShare: Float(1 - beta2),
      stepSize: Float(rate / (1 - pow(beta1, Double(steps)))),
      rootScale: Float(1 / (1 - pow(beta2, Double(steps))).squareRoot()), epsilon: Float(epsilon))
    return Kernels.adamStep(
      step, value: parameter.value, gradient: parameter.gradient, first: memory[0],
      second: memory[1])
  }

  /// Restores another run's step count.
  mutating func resume(steps: Int) { self.steps = steps }

  /// Restores another run's state of the parameter at `index`, in the parameter's own layout.
  mutating func remember(_ tensor: Tensor, as memory: Int, of index: Int) {
    memories[index][memory] = tensor
  }
}

/// An update rule, as in PyTorch.
public enum OptimizerMethod: Codable, Equatable, Sendable {
  /// Gradient descent: v ← momentum·v + g, x ← x − rate·v.
  case sgd(momentum: Double = 0)
  /// Adam (Kingma & Ba 2015), with bias correction of both moments.
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
  /// Adam with decoupled weight decay (Loshchilov & Hutter 2019): x ← x·(1 − rate·decay) before each step.
  case adamW(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)

  /// The names of the values' state in checkpoints.
  var memories: [String] {
    switch self {
    case .sgd: ["velocity"]
    case .adam, .adamW: ["first", "second"]
    }
  }
}
