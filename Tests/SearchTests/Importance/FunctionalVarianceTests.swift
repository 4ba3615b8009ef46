import Testing

@testable import Search

struct FunctionalVarianceTests {
  @Test func aTreesVariancesAreOptunas() throws {
    let golden = try #require(Golden.all).tree
    let bounds = (0..<3).map { _ in (low: 0.0, high: 1.0) }
    let tree = RegressionTree(
      golden.leaves.map { RegressionTree.Leaf(low: $0.low, high: $0.high, value: $0.value) },
      columns: 3)
    #expect(abs(tree.variance / golden.variance - 1) < 1e-9)
    for (columns, variance) in zip([[0], [1], [2], [0, 2]], golden.variances) {
      #expect(abs(tree.variance(over: columns, within: bounds) / variance - 1) < 1e-9)
    }
  }

  @Test func aTreeLearnsItsSamples() {
    let rows = (0..<30).map { [Double($0), Double($0 * 7 % 30)] }
    let targets = rows.map { $0[0] < 10 ? 1.0 : $0[1] < 15 ? 2 : 3 }
    var source = TestSource(seed: 1)
    let bounds = [(low: 0.0, high: 29.0), (low: 0.0, high: 29.0)]
    let tree = RegressionTree(
      of: rows, targets, chosen: Array(rows.indices), within: bounds, using: &source)
    #expect(abs(tree.leaves.reduce(0) { $0 + $1.volume } - 29 * 29) < 1e-9)
    for (row, target) in zip(rows, targets) {
      let leaf = tree.leaves.first { leaf in
        row.indices.allSatisfy {
          (leaf.low[$0] < row[$0] || row[$0] == 0) && row[$0] <= leaf.high[$0]
        }
      }
      #expect(leaf?.value == target)
    }
  }

  @Test func importancesAreNearOptunas() throws {
    let golden = try #require(Golden.all).importance
    let trials = try golden.trials.map { try $0.trial(in: golden.space) }
    var source = TestSource(seed: 2)
    let shares = FunctionalVariance().importances(of: trials, in: golden.space, using: &source)
    #expect(Set(shares.keys) == Set(golden.space.keys))
    // The forest is random: Optuna's own shares vary by 0.02 from seed to seed.
    for (name, share) in golden.shares {
      #expect(abs((shares[name] ?? -1) - share) < 0.05, "\(name): \(shares[name] ?? -1), \(share)")
    }
    #expect(shares["fixed"] == 0)
  }

  @Test func equalResultsHaveNoImportance() {
    var source = TestSource(seed: 3)
    let space: SearchSpace = ["x": .float(low: 0, high: 1)]
    let trials = (0..<9).map {
      SearchTrial(number: $0, state: .complete, parameters: ["x": Double($0) / 9], value: 1)
    }
    let shares = FunctionalVariance().importances(of: trials, in: space, using: &source)
    #expect(shares == ["x": 0])
    #expect(FunctionalVariance().importances(of: [], in: space, using: &source) == ["x": 0])
  }
}
