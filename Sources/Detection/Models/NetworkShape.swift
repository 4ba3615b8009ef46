import Engine

/// The shape of a small network's layers, where it may be chosen.
public struct NetworkShape: Codable, Equatable, Sendable {
  /// The filters of each convolution.
  public var filters: [Int]
  /// The side of their kernels in pixels, an odd number.
  public var kernel: Int
  /// The probability with which the last layer's inputs are dropped in training, 0 ..< 1.
  public var dropout: Float
  /// What follows each convolution.
  public var activation: Activation

  /// The function after a convolution.
  public enum Activation: String, CaseIterable, Codable, Sendable {
    case relu
    /// With a slope of 0.01 below zero.
    case leakyReLU = "leaky-relu"

    var function: Engine.Activation { self == .relu ? .relu : .leakyReLU(0.01) }
  }

  /// Which filters, kernels and dropout there may be.
  public static let limits = (filters: 1...1024, kernel: 1...9, dropout: Float(0)...0.95)

  /// A shape within the limits.
  public init(filters: [Int], kernel: Int, dropout: Float, activation: Activation) {
    (self.filters, self.kernel) = (filters, kernel)
    (self.dropout, self.activation) = (dropout, activation)
  }

  /// True if a network can have it: a file may state anything.
  public var isPossible: Bool {
    let limits = NetworkShape.limits
    return filters.allSatisfy(limits.filters.contains) && limits.kernel.contains(kernel)
      && kernel % 2 == 1 && limits.dropout.contains(dropout)
  }
}
