import Engine

extension RandomSource {
  /// A uniform number in `range`.
  mutating func number(_ range: ClosedRange<Double>) -> Float { Float(uniform(range)) }

  /// A normal deviate, clamped to the limits.
  mutating func deviate(_ deviation: Double, limit: Double) -> Float {
    Float(min(max(normal(deviation: deviation), -limit), limit))
  }

  /// True with the given probability.
  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// A weighted random choice.
  mutating func choice<Thing>(_ weights: [(Thing, Double)]) -> Thing {
    var rest = uniform() * weights.reduce(0) { $0 + $1.1 }
    for (thing, weight) in weights {
      rest -= weight
      if rest < 0 { return thing }
    }
    return weights[weights.count - 1].0
  }
}
