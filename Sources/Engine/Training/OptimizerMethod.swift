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
