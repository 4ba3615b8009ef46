import Testing

@testable import Media

struct AxisTests {
  @Test(arguments: [
    ([0.0, 10], 5, ["0", "2", "4", "6", "8", "10"]),
    ([0.61, 0.874], 5, ["0.65", "0.70", "0.75", "0.80", "0.85"]),
    ([0, 23_400], 5, ["0", "5000", "10\u{2009}000", "15\u{2009}000", "20\u{2009}000"]),
    ([-1, 1], 4, ["\u{2212}1.0", "\u{2212}0.5", "0", "0.5", "1.0"]),
    ([7, 7], 4, ["4", "6", "8", "10"]),
    ([], 2, ["0", "0.5", "1.0"]),
  ])
  func linearTicksAreRound(values: [Double], count: Int, labels: [String]) {
    let axis = Axis(showing: values, ticks: count, padding: 0)
    #expect(axis.ticks.map(\.label) == labels)
  }

  @Test(arguments: [
    ([0.001, 1], ["0.001", "0.01", "0.1", "1"]),
    ([0.02, 0.3], ["0.02", "0.05", "0.1", "0.2"]),
    (
      [1e-9, 1e9], ["1e-09", "0.000001", "0.001", "1", "1000", "1\u{2009}000\u{2009}000", "1e+09"]
    ),
    ([0.5, 0.6], ["0.50", "0.52", "0.54", "0.56", "0.58", "0.60"]),
  ])
  func logarithmicTicksArePowersOfTenAndTheirParts(values: [Double], labels: [String]) {
    let axis = Axis(showing: values, ticks: 5, padding: 0, isLogarithmic: true)
    #expect(axis.ticks.map(\.label) == labels)
  }

  @Test func ticksLieInsideTheAxis() throws {
    for exponent in -12...12 {
      let high = Axis(showing: [0, 3.7 * pow10(exponent)], ticks: 6, padding: 0.05)
      #expect(high.ticks.count >= 3)
      for tick in high.ticks {
        let position = try #require(high.position(of: tick.value))
        #expect((0...1).contains(position))
      }
    }
  }

  @Test func whatCannotBeShownHasNoPlace() {
    let axis = Axis(showing: [1, 2], ticks: 4, padding: 0, isLogarithmic: true)
    #expect(axis.position(of: 0) == nil)
    #expect(axis.position(of: -3) == nil)
    #expect(axis.position(of: .nan) == nil)
    #expect(Axis(showing: [1, 2], ticks: 4, padding: 0).position(of: 2) == 1)
  }

  private func pow10(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1) { value, _ in exponent < 0 ? value / 10 : value * 10 }
  }
}
