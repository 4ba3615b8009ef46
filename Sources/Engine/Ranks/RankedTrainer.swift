/// A training whose steps several ranks make together.
///
/// Rank 0 decides on each step; the others follow it.
public protocol RankedTrainer {
  /// What a step depends on besides the training's state; `true` for nothing.
  associatedtype Order: Codable

  /// The ranks.
  var ranks: Ranks { get }

  /// Takes over the state of rank 0: weights, optimizer, averages, number of steps.
  mutating func shareState()

  /// Makes a step together with the other ranks; throws on all of them if a value is not finite.
  mutating func carryOut(_ order: Order) throws(EngineError)
}

extension RankedTrainer {
  /// Begins the steps, with this state, together with the other ranks, which `follow`.
  public mutating func lead() {
    _ = ranks.broadcast(true)
    shareState()
  }

  /// Makes the steps that rank 0 makes, until it calls `dismiss`.
  public mutating func follow() {
    guard ranks.broadcast(nil as Bool?) == true else { return }
    shareState()
    while let order = ranks.broadcast(nil as Order?) {
      // Rank 0 gets the same error, tells the user, and ends the training.
      try? carryOut(order)
    }
  }

  /// Ends `follow` of the other ranks, whether or not the steps have begun.
  public func dismiss() { _ = ranks.broadcast(nil as Order?) }

  /// Tells the other ranks to make a step, too.
  public func send(_ order: Order) { _ = ranks.broadcast(order) }
}
