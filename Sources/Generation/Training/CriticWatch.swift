/// Notices when a critic and its generator have stopped being rivals.
public struct CriticWatch: Codable, Equatable, Sendable {
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

  /// Takes note of an opinion.
  ///
  /// - Returns: what is wrong, once each time that it has lasted for long.
  mutating func note(_ opinion: CriticOpinion) -> CriticCollapse? {
    let side = opinion.side
    let mean = means[side].map { $0 + 0.02 * (opinion.separation - $0) } ?? opinion.separation
    means[side] = mean
    let before = lasted[side] ?? 0
    let now =
      if mean < CriticWatch.extremes.lowerBound {
        min(before, 0) - 1
      } else if mean > CriticWatch.extremes.upperBound {
        max(before, 0) + 1
      } else {
        0
      }
    lasted[side] = now
    guard abs(now) == CriticWatch.patience else { return nil }
    return CriticCollapse(side: side, kind: now < 0 ? .blind : .overwhelming)
  }
}

/// A critic that is no rival any more.
public struct CriticCollapse: Codable, Equatable, Sendable {
  /// Which way it went.
  public enum Kind: String, Codable, Sendable {
    /// It tells nothing apart: the generator learns nothing from it.
    case blind
    /// It tells everything apart: the generator cannot please it.
    case overwhelming
  }

  /// Whose critic.
  public let side: Side
  /// Which way it went.
  public let kind: Kind
}
