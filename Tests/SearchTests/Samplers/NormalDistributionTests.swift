import Foundation
import Testing

@testable import Search

struct NormalDistributionTests {
  @Test func massesAndQuantilesAreOptunas() throws {
    for golden in try #require(Golden.all).truncated {
      let mass = NormalDistribution.logMass(golden.a, golden.b)
      #expect(abs(mass - golden.mass) < 1e-9 * max(1, abs(mass)), "\(golden)")
      let x = NormalDistribution.quantile(golden.q, between: golden.a, and: golden.b)
      #expect(abs(x - golden.x) < 1e-6, "\(golden): \(x)")
    }
  }

  @Test func quantilesStayWithinTheirLimits() {
    for q in [0, 1e-300, 1e-9, 0.5, 1 - 1e-16, 1] {
      #expect((-2.0...3).contains(NormalDistribution.quantile(q, between: -2, and: 3)))
      #expect((30.0...31).contains(NormalDistribution.quantile(q, between: 30, and: 31)))
    }
  }

  @Test(arguments: [-40, -21, -19.99, -6, -1, 0, 1, 5.9, 6.1])
  func logarithmsAreInverted(_ x: Double) {
    let y = NormalDistribution.logBelow(x)
    #expect(abs(NormalDistribution.inverseLogBelow(y) - x) < 1e-6 * max(1, abs(x)))
  }
}
