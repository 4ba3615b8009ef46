import Engine
import Testing

/// What holds for every loss: weights, precisions, hard inputs.
@Suite struct LossTests {
  private let losses: [any Loss] = [
    MeanAbsoluteError(), MeanSquaredError(), Huber(), DSSIM(), BinaryCrossEntropy(),
    CategoricalCrossEntropy(), LeastSquaresGAN(.real), HingeGAN(.real), TotalVariation(),
  ]

  private func picture(_ shape: [Int], seed: UInt64) -> Tensor {
    var randomness = RandomSource(seed: seed)
    return Tensor(
      shape: shape, values: (0..<shape.reduce(1, *)).map { _ in Float(randomness.uniform()) })
  }

  @Test func equalWeightsChangeNothing() {
    let (x, y) = (picture([2, 12, 13, 3], seed: 1), picture([2, 12, 13, 3], seed: 2))
    let weight = Tensor(shape: [2, 12, 13, 1], values: [Float](repeating: 2.5, count: 2 * 12 * 13))
    for loss in losses {
      let (plain, weighted) = (loss(x, y), loss(x, y, weight: weight))
      #expect(abs(plain.value - weighted.value) <= 1e-6 * abs(plain.value), "\(loss)")
      for (a, b) in zip(plain.gradient.values, weighted.gradient.values) {
        #expect(abs(a - b) < 1e-7, "\(loss)")
      }
    }
  }

  @Test func weightsOfZeroGiveZero() {
    let (x, y) = (picture([1, 11, 11, 1], seed: 1), picture([1, 11, 11, 1], seed: 2))
    for loss in losses {
      let found = loss(x, y, weight: Tensor(zeros: [1, 11, 11, 1]))
      #expect(found.value == 0, "\(loss)")
      #expect(found.gradient.values.allSatisfy { $0 == 0 }, "\(loss)")
    }
  }

  @Test func aNotANumberIsNotHidden() {
    var x = picture([1, 11, 11, 1], seed: 1)
    let y = picture([1, 11, 11, 1], seed: 2)
    x.write { $0[60] = .nan }
    for loss in losses {
      #expect(loss(x, y).value.isNaN, "\(loss)")
      // A hinge has the same slope wherever it is not flat.
      let isHinge = loss is HingeGAN
      #expect(isHinge || loss(x, y).gradient.values.contains { $0.isNaN }, "\(loss)")
    }
  }

  @Test func bfloat16PredictionsGetFloat32Gradients() {
    let x = picture([2, 11, 12, 3], seed: 1).converted(to: .bfloat16)
    let y = picture([2, 11, 12, 3], seed: 2)
    for loss in losses {
      let (half, full) = (loss(x, y), loss(x.converted(to: .float32), y))
      #expect(half.gradient.precision == .float32, "\(loss)")
      #expect(half.value == full.value, "\(loss)")
      #expect(half.gradient == full.gradient, "\(loss)")
    }
  }

  @Test func equalPicturesAreNotDissimilar() {
    let x = picture([3, 64, 64, 3], seed: 5)
    let found = DSSIM()(x, x)
    #expect(abs(found.value) < 1e-6)
    #expect(found.gradient.values.allSatisfy { abs($0) < 1e-8 })
    #expect(DSSIM.similarity(x, x).allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test func picturesSmallerThanAWindowAreABrokenPromise() async {
    await #expect(processExitsWith: .failure) {
      _ = DSSIM()(Tensor(zeros: [1, 10, 11, 1]), Tensor(zeros: [1, 10, 11, 1]))
    }
    await #expect(processExitsWith: .success) {
      _ = DSSIM()(Tensor(zeros: [1, 11, 11, 1]), Tensor(zeros: [1, 11, 11, 1]))
    }
  }

  @Test func hugeLogitsDoNotOverflow() {
    let logits = Tensor(shape: [1, 4], values: [1000, -1000, 0, 88])
    let target = Tensor(shape: [1, 4], values: [1, 0, 0, 0])
    // >>> F.binary_cross_entropy_with_logits(tensor([1000., -1000, 0, 88]), tensor([1., 0, 0, 0]))
    #expect(abs(BinaryCrossEntropy()(logits, target).value - 22.173286) < 1e-5)
    // >>> F.cross_entropy(tensor([[1000., -1000, 0, 88]]), tensor([[0., 1, 0, 0]]))
    let wrong = Tensor(shape: [1, 4], values: [0, 1, 0, 0])
    #expect(CategoricalCrossEntropy()(logits, wrong).value == 2000)
    #expect(CategoricalCrossEntropy()(logits, wrong).gradient.values == [1, -1, 0, 0])
  }

  @Test func gradientsDoNotDependOnTheNumberOfThreads() {
    let (x, y) = (picture([3, 70, 70, 3], seed: 1), picture([3, 70, 70, 3], seed: 2))
    for loss in losses {
      let found = loss(x, y)
      let alone = ThreadPool.map(1) { _ in loss(x, y) }[0]
      #expect(alone.value == found.value, "\(loss)")
      #expect(alone.gradient == found.gradient, "\(loss)")
    }
  }

  @Test func aSecondCallAllocatesNothing() {
    let (x, y) = (picture([4, 32, 32, 3], seed: 1), picture([4, 32, 32, 3], seed: 2))
    func loss(_ x: Tensor, _ y: Tensor) -> [LossValue] {
      [MeanAbsoluteError()(x, y), DSSIM()(x, y)]
    }
    for _ in 0..<2 { _ = loss(x, y) }
    // Other tests allocate meanwhile: one quiet call among many proves it.
    let isQuiet = (0..<50).contains { _ in
      let before = TensorMemory.allocations
      _ = loss(x, y)
      return TensorMemory.allocations == before
    }
    #expect(isQuiet)
  }
}
