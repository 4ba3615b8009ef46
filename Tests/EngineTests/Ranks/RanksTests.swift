import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite struct RanksTests {
  @Test func oneProcessSharesNothing() throws {
    let ranks = Ranks.alone
    #expect(ranks.isFirst && ranks.count == 1)
    #expect(ranks.sum([1, 2]) == [1, 2])
    #expect(ranks.broadcast("x") == "x")
    try ranks.agree("is ignored")
    let share = BatchShare(of: 5)
    #expect(share.isWhole && share.samples == 0..<5)
  }

  @Test func sumsAreThoseOfAllRanksInOrder() {
    let results = ThreadRanks.run(3) { $0.sum([Float($0.rank + 1), 0.1 * Float($0.rank)]) }
    #expect(results == Array(repeating: [6, 0.1 * 0 + 0.1 * 1 + 0.1 * 2], count: 3))
  }

  @Test func gradientsOfAnySizeAreSummed() {
    // Larger than a bucket, and smaller than the number of ranks.
    let sizes = [1 << 18, 5, 1 << 19, 2]
    let results = ThreadRanks.run(3) { ranks in
      let parameters = sizes.map { Parameter(Tensor(zeros: [$0])) }
      for (index, parameter) in parameters.enumerated() {
        parameter.gradient = Tensor([parameter.value.count]) {
          Float(($0 + index) % 11 * (ranks.rank + 1))
        }
      }
      var optimizer = Optimizer(
        .sgd(), parameters: parameters.enumerated().map { NamedParameter("\($0)", $1) })
      let losses = optimizer.sumGradients(over: ranks, beside: [1])
      let isRight = parameters.enumerated().allSatisfy { index, parameter in
        let values = parameter.gradient.values
        return values.indices.allSatisfy { values[$0] == Float(($0 + index) % 11 * 6) }
      }
      optimizer.share(over: ranks)
      return losses == [3] && isRight
    }
    #expect(results == [true, true, true])
  }

  @Test func aDisagreementIsThrownOnAllRanks() {
    let results = ThreadRanks.run(3) { ranks -> String in
      do {
        try ranks.agree(ranks.rank == 1 ? "has another seed" : nil)
        return "nothing"
      } catch { return "\(error)" }
    }
    let host = ProcessInfo.processInfo.hostName
    #expect(
      results
        == Array(
          repeating:
            "Rank 1 on \(host) has another seed. "
            + "Start all ranks with the same program, options and data.", count: 3))
  }

  @Test func rankZeroDecides() {
    let results = ThreadRanks.run(2) { ranks in
      [ranks.broadcast(ranks.rank), ranks.broadcast(ranks.isFirst ? nil : 7)]
    }
    #expect(results == [[0, nil], [0, nil]])
  }

  @Test func sharesAreTheBatchInOrder() {
    let shares = ThreadRanks.run(3) { BatchShare(of: 8, over: $0).samples }
    #expect(shares == [0..<2, 2..<5, 5..<8])
  }

  @Test func partsOfALossSumToIt() {
    let (made, target) = (Tensor.random([6, 2], seed: 1), Tensor.random([6, 2], seed: 2))
    let weight = Tensor(shape: [6, 1], values: [0, 1, 2, 3, 0.5, 4])
    for weight in [nil, weight] {
      let whole = MeanSquaredError()(made, target, weight: weight)
      let parts = ThreadRanks.run(4) { ranks in
        let share = BatchShare(of: 6, over: ranks)
        let range = share.samples
        let part = share.part(
          of: MeanSquaredError()(
            made.samples(range), target.samples(range), weight: weight?.samples(range)))
        return (value: part.value, gradient: part.gradient.values)
      }
      #expect(abs(parts.map(\.value).reduce(0, +) - whole.value) < 1e-6)
      for (own, other) in zip(parts.flatMap(\.gradient), whole.gradient.values) {
        #expect(abs(own - other) < 1e-6)
      }
    }
  }

  @Test func launchersAreRecognized() {
    #expect(RankLaunch([:]).count == 1)
    let open = RankLaunch([
      "OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "3", "OMPI_COMM_WORLD_LOCAL_SIZE": "2",
    ])
    #expect((open.rank, open.count, open.countHere) == (3, 4, 2))
    #expect(RankLaunch(["SLURM_NTASKS": "4", "SLURM_STEP_NUM_TASKS": "4"]).count == 1)
    let slurm = RankLaunch(["PMIX_RANK": "1", "SLURM_STEP_NUM_TASKS": "4"])
    #expect((slurm.rank, slurm.count) == (1, 4))
  }
}

/// Layers that look at a whole batch, or draw random numbers for it.
@Suite struct RankedLayerTests {
  /// The output, the gradient at the input and those of the parameters, of a batch of 6.
  private static func pass(_ layer: any Layer, _ x: Tensor, _ share: BatchShare) -> [[Float]] {
    var saved = Saved(.training, randomness: RandomSource(seed: 3), share: share)
    let range = share.samples
    let y = layer.forward(x.samples(range), saving: &saved)
    let probe = Tensor.random([6] + y.shape.dropFirst(), seed: 9)
    let dx = layer.backward(probe.samples(range), from: &saved)
    let parameters = layer.parameters.filter(\.parameter.isTrainable)
    share.ranks.sumGradients(of: parameters)
    return [y.values, dx.values] + layer.parameters.map(\.parameter.value.values)
      + parameters.map(\.parameter.gradient.values)
  }

  @Test(arguments: ["batch norm", "dropout", "depth"])
  func ranksAgreeWithOneProcess(_ name: String) {
    let make: @Sendable () -> any Layer = {
      switch name {
      case "batch norm": BatchNorm(channels: 5, activation: .relu)
      case "dropout": Dropout(0.4)
      default: StochasticDepth(0.4)
      }
    }
    let x = Tensor.random([6, 3, 3, 5], seed: 4)
    let whole = RankedLayerTests.pass(make(), x, BatchShare(of: 6))
    let ranks = ThreadRanks.run(4) {
      RankedLayerTests.pass(make(), x, BatchShare(of: 6, over: $0))
    }
    for index in whole.indices {
      // Outputs and gradients at the input are divided; the others are the same on all ranks.
      let joined = index < 2 ? ranks.flatMap { $0[index] } : ranks[3][index]
      #expect(joined.count == whole[index].count)
      for (own, other) in zip(joined, whole[index]) { #expect(abs(own - other) < 1e-5) }
    }
  }
}
