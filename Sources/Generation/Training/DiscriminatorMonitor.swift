/// Notices when a discriminator and its generator have stopped being rivals.
public struct DiscriminatorMonitor: Codable, Equatable, Sendable {
  /// For how many steps an extreme must last.
  public static let patience = 500
  /// A running mean of the separation below the one or above the other is extreme.
  public static let extremes = 0.02...0.995

  /// The running mean of each side's separation, over some 50 steps; nil before the first.
  private var means: [Side: Double] = [:]
  /// For how many steps it has been below (negative) or above.
  private var lasted: [Side: Int] = [:]

  /// Before the first step.
  public init() {}

  /// Takes note of an output.
  ///
  /// - Returns: what is wrong, once each time that it has lasted for long.
  mutating func note(_ output: DiscriminatorOutput) -> DiscriminatorCollapse? {
    let side = output.side
    let mean = means[side].map { $0 + 0.02 * (output.separation - $0) } ?? output.separation
    means[side] = mean
    let before = lasted[side] ?? 0
    let now =
      if mean < DiscriminatorMonitor.extremes.lowerBound {
        min(before, 0) - 1
      } else if mean > DiscriminatorMonitor.extremes.upperBound {
        max(before, 0) + 1
      } else {
        0
      }
    lasted[side] = now
    guard abs(now) == DiscriminatorMonitor.patience else { return nil }
    return DiscriminatorCollapse(side: side, kind: now < 0 ? .blind : .overwhelming)
  }
}

/// A discriminator that is no rival any more.
public struct DiscriminatorCollapse: Codable, Equatable, Sendable {
  /// Which way it went.
  public enum Kind: String, Codable, Sendable {
    /// It tells nothing apart: the generator learns nothing from it.
    case blind
    /// It tells everything apart: the generator cannot please it.
    case overwhelming
  }

  /// Whose discriminator.
  public let side: Side
  /// Which way it went.
  public let kind: Kind
}
