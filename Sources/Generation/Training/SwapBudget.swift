/// The training budget: up to the first of the limits, or without limits until the plateau.
public struct SwapBudget: Codable, Equatable, Sendable {
  /// The number of steps over all sessions.
  public var iterations: Int?
  /// The seconds of training over all sessions.
  public var seconds: Double?

  /// Optional limits.
  public init(iterations: Int? = nil, seconds: Double? = nil) {
    self.iterations = iterations
    self.seconds = seconds
  }

  /// True without a limit.
  public var isOpen: Bool { iterations == nil && seconds == nil }

  /// The used share of the budget, 0…1; nil without a limit.
  public func progress(iteration: Int, seconds: Double) -> Double? {
    let shares = [
      iterations.map { Double(iteration) / Double($0) }, self.seconds.map { seconds / $0 },
    ]
    return shares.compactMap { $0 }.max().map { min($0, 1) }
  }
}
