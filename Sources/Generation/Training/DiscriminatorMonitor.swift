/// Detects the collapse of a discriminator.
public struct DiscriminatorMonitor: Codable, Equatable, Sendable {
  /// The number of steps that an extreme must last.
  public static let patience = 500
  /// A running mean of the separation outside this range is extreme.
  public static let extremes = 0.02...0.995

  /// The running mean of each side's separation, over some 50 steps; nil before the first.
  private var means: [Side: Double] = [:]
  /// The number of steps below (negative) or above the range.
  private var lasted: [Side: Int] = [:]

  /// Before the first step.
  public init() {}

  /// Records an output.
  ///
  /// - Returns: a collapse, once each time that an extreme has lasted long enough.
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

/// A collapsed discriminator.
public struct DiscriminatorCollapse: Codable, Equatable, Sendable {
  /// The kind of collapse.
  public enum Kind: String, Codable, Sendable {
    /// It separates nothing: the generator gets no signal from it.
    case blind
    /// It separates everything: the generator cannot fool it.
    case overwhelming
  }

  /// The side of the discriminator.
  public let side: Side
  /// The kind of collapse.
  public let kind: Kind
}
