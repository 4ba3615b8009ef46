/// The learning rate schedule and early stopping of training without a budget.
///
/// The learning rate is constant until the held-out score has not improved for `patience`
/// evaluations; then it is cut to a third. After `reductions` cuts, training ends when the score
/// again has not improved for as many evaluations.
public struct Plateau: Codable, Equatable, Sendable {
  /// The number of evaluations without a new best before a cut.
  public static let patience = 10
  /// The number of cuts.
  public static let reductions = 2
  /// The minimum improvement of the score.
  public static let leastRise = 0.0005

  private var best: Double?
  private var waited = 0
  private var cuts = 0

  /// Before the first evaluation.
  public init() {}

  /// The factor on the learning rate.
  public var factor: Float { (0..<cuts).reduce(1) { factor, _ in factor / 3 } }

  /// True if training is over.
  public var isOver: Bool { cuts > Plateau.reductions }

  /// Records the score of an evaluation.
  public mutating func note(_ score: Double) {
    if let best, score < best + Plateau.leastRise {
      waited += 1
    } else {
      best = score
      waited = 0
    }
    if waited == Plateau.patience {
      cuts += 1
      waited = 0
    }
  }
}
