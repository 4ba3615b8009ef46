import Engine
import TestSupport
import Testing

@Suite struct DropoutTests {
  private func dropped(_ x: Tensor, seed: UInt64) -> Tensor {
    var saved = Saved(.training, randomness: RandomSource(seed: seed))
    return Dropout(0.3).forward(x, saving: &saved)
  }

  @Test(arguments: [[1, 1, 1, 1], [2, 3, 5, 7], [40]])
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    #expect(gradientError(of: Dropout(0.3), at: .random(shape, seed: 1)) < 1e-3)
  }

  @Test func theSameSeedDropsTheSameValues() {
    let x = Tensor.random([70_001], in: 1...2, seed: 2)
    #expect(dropped(x, seed: 5) == dropped(x, seed: 5))
    #expect(dropped(x, seed: 5) != dropped(x, seed: 6))
    let (alone, together) = (
      ThreadPool.with(threads: 1) { dropped(x, seed: 5) },
      ThreadPool.with(threads: 3) { dropped(x, seed: 5) }
    )
    #expect(alone == together)
  }

  @Test func twoLayersDropDifferently() {
    let x = Tensor.random([1000], in: 1...2, seed: 2)
    var saved = Saved(.training)
    let first = Dropout(0.5).forward(x, saving: &saved)
    #expect(Dropout(0.5).forward(x, saving: &saved) != first)
  }

  @Test func theShareAndTheMeanAreRight() {
    let y = dropped(Tensor(shape: [100_000], values: Array(repeating: 1, count: 100_000)), seed: 1)
    let zeros = y.values.count { $0 == 0 }
    #expect(abs(Double(zeros) / 100_000 - 0.3) < 0.006)  // four standard deviations
    #expect(y.values.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
  }

  @Test(arguments: [Saved.Mode.evaluation, .inference])
  func nothingIsDroppedOutsideTraining(mode: Saved.Mode) {
    let x = Tensor.random([100], seed: 3)
    var saved = Saved(mode)
    #expect(Dropout(0.9).forward(x, saving: &saved) == x)
    #expect(Dropout(0.9).backward(x, from: &saved) == x)
  }

  @Test func bfloat16IsCloseToFloat32() {
    #expect(agreesInBfloat16(Dropout(0.3), at: .random([3, 5, 7], seed: 4)))
  }
}
