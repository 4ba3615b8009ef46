import Testing

@testable import Search

struct RandomSamplerTests {
  private func draws(_ distribution: ParameterDistribution, _ count: Int = 6000) -> [Double] {
    var source = TestSource(seed: 5)
    return (0..<count).compactMap { _ in
      RandomSampler().suggestion(in: ["x": distribution], using: &source)["x"]
    }
  }

  @Test(arguments: [
    ParameterDistribution.float(low: -1, high: 1), .float(low: 1e-5, high: 1e-2, isLog: true),
    .float(low: 0.2, high: 0.7, step: 0.1), .int(low: 3, high: 9, step: 2),
    .int(low: 1, high: 100, isLog: true), .categorical([.whole(16), .whole(32), .nothing]),
    .float(low: 2, high: 2), .int(low: 0, high: 10, step: 4),
  ])
  func drawsBelongToTheDistribution(_ distribution: ParameterDistribution) {
    #expect(draws(distribution, 500).allSatisfy(distribution.contains))
  }

  @Test func stepsAreEquallyLikely() {
    for (distribution, count) in [
      (ParameterDistribution.int(low: 3, high: 5, step: 2), 2),
      (.float(low: 0.2, high: 0.7, step: 0.1), 6), (.categorical([.whole(1), .whole(2)]), 2),
    ] {
      let counts = Dictionary(grouping: draws(distribution)) { ($0 * 1000).rounded() }
      #expect(counts.count == count)
      for (_, own) in counts { #expect(abs(Double(own.count) / 6000 - 1 / Double(count)) < 0.03) }
    }
  }

  @Test func logarithmicDrawsAreUniformInTheLogarithm() {
    let drawn = draws(.float(low: 1e-4, high: 1, isLog: true))
    #expect(abs(Double(drawn.count { $0 < 1e-2 }) / 6000 - 0.5) < 0.03)
  }
}
