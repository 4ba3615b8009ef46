/// The rule by which a training without a budget slows down and ends.
///
/// The learning rate is constant until the held-out score has not risen over `patience`
/// evaluations; then it is cut to a third. When that has happened `reductions` times and the
/// score again has not risen over as many evaluations, training is over.
public struct Plateau: Codable, Equatable, Sendable {
  /// How many evaluations without a new best are waited for.
  public static let patience = 10
  /// How often the learning rate is cut.
  public static let reductions = 2
  /// What the score must rise by to count as risen.
  public static let leastRise = 0.0005

  private var best: Double?
  private var waited = 0
  private var cuts = 0

  /// Before the first evaluation.
  public init() {}

  /// What the learning rate is multiplied with.
  public var factor: Float { (0..<cuts).reduce(1) { factor, _ in factor / 3 } }

  /// True when the score has stopped rising for good.
  public var isOver: Bool { cuts > Plateau.reductions }

  /// Takes note of the score of an evaluation.
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
