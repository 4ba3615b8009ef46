/// A value for each metric, or nil where it is not defined.
struct MetricValues: Equatable {
  private var values = [Double?](repeating: nil, count: Metric.allCases.count)

  private static let places = Dictionary(
    uniqueKeysWithValues: zip(Metric.allCases, Metric.allCases.indices))

  subscript(metric: Metric) -> Double? {
    get { values[MetricValues.places[metric] ?? 0] }
    set { values[MetricValues.places[metric] ?? 0] = newValue }
  }

  /// What follows from how many were called fake.
  mutating func addDecisions(called: (real: Int, fake: Int), reals: Int, fakes: Int) {
    guard reals + fakes > 0 else { return }
    let right = called.fake + reals - called.real
    self[.accuracy] = Double(right) / Double(reals + fakes)
    if called.real + called.fake > 0 {
      self[.precision] = Double(called.fake) / Double(called.real + called.fake)
    }
    if fakes > 0 { self[.recall] = Double(called.fake) / Double(fakes) }
    if called.real + fakes > 0 {
      self[.f1] = 2 * Double(called.fake) / Double(called.fake + called.real + fakes)
    }
    if reals > 0 && fakes > 0 {
      self[.balancedAccuracy] =
        (Double(called.fake) / Double(fakes) + Double(reals - called.real) / Double(reals)) / 2
    }
  }
}
