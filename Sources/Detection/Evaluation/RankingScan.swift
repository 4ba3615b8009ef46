/// Accumulates ranking metrics over samples by descending score, with ties together.
struct RankingScan {
  private let reals, fakes: Double
  /// The numbers of samples so far, and at the end of the last tie.
  private var (passedReals, passedFakes, lastReals, lastFakes) = (0.0, 0.0, 0.0, 0.0)
  private var (area, precisionSum) = (0.0, 0.0)
  private var equalError: Double?

  /// - Parameters:
  ///   - reals: the number of real samples.
  ///   - fakes: the number of fake samples.
  init(reals: Double, fakes: Double) {
    (self.reals, self.fakes) = (reals, fakes)
  }

  mutating func pass(_ weight: Double, isFake: Bool) {
    if isFake { passedFakes += weight } else { passedReals += weight }
  }

  mutating func endTie() {
    let (newReals, newFakes) = (passedReals - lastReals, passedFakes - lastFakes)
    guard newReals > 0 || newFakes > 0 else { return }
    area += newReals * (lastFakes + passedFakes) / 2
    precisionSum += newFakes * passedFakes / (passedReals + passedFakes)
    if equalError == nil, reals > 0, fakes > 0 {
      // False alarms minus misses rise from −1 to 1 along the curve.
      let before = lastReals / reals + lastFakes / fakes - 1
      let after = passedReals / reals + passedFakes / fakes - 1
      if after >= 0 {
        let share = after > before ? -before / (after - before) : 0
        equalError = (lastReals + share * newReals) / reals
      }
    }
    (lastReals, lastFakes) = (passedReals, passedFakes)
  }

  func add(to values: inout MetricValues) {
    if fakes > 0 { values[.averagePrecision] = precisionSum / fakes }
    guard reals > 0 && fakes > 0 else { return }
    values[.rocAUC] = area / (reals * fakes)
    values[.equalErrorRate] = equalError
  }
}
