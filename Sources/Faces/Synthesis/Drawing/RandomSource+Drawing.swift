import Engine

extension RandomSource {
  /// A number in `range`, evenly.
  mutating func number(_ range: ClosedRange<Double>) -> Float { Float(uniform(range)) }

  /// A normal deviate, drawn to the limits where it is beyond.
  mutating func deviate(_ deviation: Double, limit: Double) -> Float {
    Float(min(max(normal(deviation: deviation), -limit), limit))
  }

  /// True so often.
  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// One of some things, each as often as its weight says.
  mutating func choice<Thing>(_ weights: [(Thing, Double)]) -> Thing {
    var rest = uniform() * weights.reduce(0) { $0 + $1.1 }
    for (thing, weight) in weights {
      rest -= weight
      if rest < 0 { return thing }
    }
    return weights[weights.count - 1].0
  }
}
